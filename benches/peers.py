"""How many times faster than pySBD and spaCy: one run, one thread, the same text.

    make bench DATA=DIR            # or: python3 benches/peers.py --data DIR

Makes an environment of its own under target/peers, installs the peers and the wheel of dist/ there, trains spaCy's
small efficient pipeline (tagger and parser) on UD English EWT, and measures all in turns. See benches/README.md.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ["spacy==3.8.*", "pysbd==0.3.4"]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "REPORTEDLY_JOBS": "1"}


def main() -> None:
    """Sets up what is not there yet, and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of corpora; without it, pySBD on the seeds only")
    parser.add_argument("--venv", type=Path, default=ROOT / "target/peers/venv", help="environment of the peers")
    parser.add_argument("--model", type=Path, help="a spaCy pipeline; trained under target/peers if not given")
    parser.add_argument("--steps", type=int, default=6000, help="steps of spaCy's training, at most")
    parser.add_argument("--texts", type=int, default=84, help="number of articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        measure(arguments)
        return
    python = environment(arguments.venv)
    if arguments.data and not arguments.model:
        arguments.model = train(python, arguments.data, arguments.steps)
    inside = [python, __file__, "--inside", f"--texts={arguments.texts}", f"--rounds={arguments.rounds}"]
    inside += [f"--{name}={path}" for name in ("data", "model") if (path := getattr(arguments, name))]
    sys.exit(subprocess.run(inside, env=os.environ | ONE_THREAD, check=False).returncode)


def environment(folder: Path) -> Path:
    """The interpreter of an environment that has the peers and the newest wheel."""
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    wheels = sorted((ROOT / "dist").glob("*.whl"), key=lambda p: p.stat().st_mtime)
    if not wheels:
        sys.exit("dist/ holds no wheel; run `make wheel` before")
    install = ["install", "--quiet", "--force-reinstall", "--no-deps", wheels[-1]]
    subprocess.run([python, "-m", "pip", *install], check=True)
    return python


def train(python: Path, data: Path, steps: int) -> Path:
    """spaCy's tagger and parser, its default small pipeline, trained on EWT as `spacy` itself says to."""
    folder = ROOT / "target/peers/ewt"
    best = folder / "out/model-best"
    if best.exists():
        return best
    folder.mkdir(parents=True, exist_ok=True)

    def spacy(*words: object) -> None:
        subprocess.run([python, "-m", "spacy", *map(str, words)], cwd=folder, env=os.environ | ONE_THREAD, check=True)

    for split in ("train", "dev"):
        packed = data.resolve() / f"ud_ewt/en_ewt-ud-{split}.conllu.gz"
        (folder / f"{split}.conllu").write_bytes(gzip.decompress(packed.read_bytes()))
        spacy("convert", "-n", 10, f"{split}.conllu", ".")
    spacy("init", "config", "-l", "en", "-p", "tagger,parser", "-o", "efficiency", "base.cfg", "--force")
    corpora = ["--paths.train", "train.spacy", "--paths.dev", "dev.spacy"]
    rest = ["--training.max_steps", steps, "--training.eval_frequency", 400, "--training.seed", 0]
    spacy("train", "base.cfg", "--output", "out", *corpora, *rest)
    return best


def articles(data: Path | None, count: int) -> list[str]:
    """News: the first articles of PolNeAR dev, or the seeds, over and over."""
    if data is None:
        return [p.read_text(encoding="utf-8") for p in sorted((ROOT / "seeds").iterdir())] * 10
    with gzip.open(data / "polnear/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines][:count]


def cost(work: Callable[[], object]) -> float:
    """Processor seconds of one run, all threads together: what else the machine does is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(arguments: argparse.Namespace) -> None:
    """Every contestant once a round, in turns; the least of each counts."""
    import pysbd

    import reportedly as rp

    texts = articles(arguments.data, arguments.texts)
    segmenter = pysbd.Segmenter(language="en", clean=False)
    corpus = rp.Corpus.from_texts(texts, jobs=1)
    runs: dict[str, Callable[[], object]] = {
        "pysbd": lambda: [segmenter.segment(text) for text in texts],
        "face.sentences": lambda: [document.sentences for document in rp.Corpus.from_texts(texts, jobs=1)],
        "face.tokens": lambda: [document.tokens for document in rp.Corpus.from_texts(texts, jobs=1)],
        "face.table": lambda: [document.tokens.to_dicts() for document in rp.Corpus.from_texts(texts, jobs=1)],
    }
    if arguments.model:
        import spacy

        pipeline = spacy.load(arguments.model)

        paragraphs = [p for text in texts for p in text.splitlines() if p.strip()]

        def piped(pieces: list[str], size: int) -> Callable[[], object]:
            return lambda: [len(doc) for doc in pipeline.pipe(pieces, batch_size=size)]

        ways = [(texts, 8), (texts, 32), (paragraphs, 32), (paragraphs, 64), (paragraphs, 256)]
        pieces, size = min(ways, key=lambda way: cost(piped(*way)))
        what = "articles" if pieces is texts else "paragraphs"
        print(f"spaCy {spacy.__version__}, {', '.join(pipeline.pipe_names)}; batches of {size} {what} are its best")
        runs["spacy"] = piped(pieces, size)

    least = dict.fromkeys(runs, float("inf"))
    for _ in range(arguments.rounds):
        for name, work in runs.items():
            least[name] = min(least[name], cost(work))
    least |= core(texts, arguments.rounds * 4)

    tokens = int(least.pop("core.count"))
    characters = sum(map(len, texts))
    print(f"{len(corpus)} articles, {characters:,} characters, {tokens:,} tokens; one thread, least of the rounds\n")
    print(f"{'':<52}{'tokens/s':>12}{'ratio':>9}")
    rows = [
        ("pySBD", "pysbd", "pysbd"),
        ("  boundaries, tokens given (core)", "core.boundaries", "pysbd"),
        ("  tokens and sentences (core)", "core.sentences", "pysbd"),
        ("  whole documents: lines, metadata, … (core)", "core.document", "pysbd"),
        ("  Corpus.from_texts, document.sentences (Python)", "face.sentences", "pysbd"),
        ("spaCy: tagger, parser", "spacy", "spacy"),
        ("  text to trees and names (core)", "core.layer", "spacy"),
        ("  Corpus.from_texts, document.tokens (Python)", "face.tokens", "spacy"),
        ("  the same, and every cell as a Python object", "face.table", "spacy"),
    ]
    for title, ours, theirs in rows:
        if theirs in least:
            print(f"{title:<52}{tokens / least[ours]:>12,.0f}{least[theirs] / least[ours]:>8,.1f}x")


def core(texts: list[str], rounds: int) -> dict[str, float]:
    """The same texts, without Python in between: `benches/peers.rs`."""
    file = ROOT / "target/peers/texts"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\0".join(text.replace("\0", " ") for text in texts), encoding="utf-8")
    command = ["cargo", "bench", "--quiet", "--bench", "peers", "--", str(file), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return {f"core.{name}": float(value) for name, value in map(str.split, done.stdout.splitlines())}


if __name__ == "__main__":
    main()
