"""spaCy's small pipeline, trained here: a downloaded one would be neither the same task nor ours to date.

`spacy init config -o efficiency`: a convolutional tok2vec, tagger, transition-based parser, as its documentation says.
The treebank is UD English EWT where `--data` holds it. Without it, the pipeline is trained for a short while on our own
parses of generated articles: it then reads worse, and works as much, for its speed is that of its shape.

textacy's quotations ask for parts of speech and lemmas besides. They come from look-ups, the quickest that spaCy has:
tables of the treebank itself, in spaCy's attribute ruler and its lemmatizer.
"""

import gzip
import os
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from environment import PLACE
from machine import ONE_THREAD

#: Steps of training, at most: with a treebank, and without.
STEPS, FEW_STEPS = 6000, 400


def trained(python: Path, data: Path | None, steps: int | None) -> Path:
    """The folder of the trained pipeline; what is there is taken as it is."""
    folder = PLACE / ("ewt" if data else "own-parses")
    best = folder / "out/model-best"
    if best.exists():
        return best
    folder.mkdir(parents=True, exist_ok=True)

    def spacy(*words: object) -> None:
        subprocess.run([python, "-m", "spacy", *map(str, words)], cwd=folder, env=os.environ | ONE_THREAD, check=True)

    for split in ("train", "dev"):
        if data:
            packed = data.resolve() / f"ud_ewt/en_ewt-ud-{split}.conllu.gz"
            (folder / f"{split}.conllu").write_bytes(gzip.decompress(packed.read_bytes()))
        else:
            subprocess.run([python, __file__, split, folder / f"{split}.conllu"], check=True)
        spacy("convert", "-n", 10, f"{split}.conllu", ".")
    spacy("init", "config", "-l", "en", "-p", "tagger,parser", "-o", "efficiency", "base.cfg", "--force")
    corpora = ["--paths.train", "train.spacy", "--paths.dev", "dev.spacy"]
    most = steps or (STEPS if data else FEW_STEPS)
    rest = ["--training.max_steps", most, "--training.eval_frequency", min(400, most), "--training.seed", 0]
    spacy("train", "base.cfg", "--output", "out", *corpora, *rest)
    return best


def own_parses(split: str) -> Iterator[str]:
    """Lines of CoNLL-U: what we parse in generated articles."""
    from texts import generated

    import reportedly as rp

    texts = [article["text"] for article in generated(300 if split == "train" else 30, seed=1 + len(split))]
    for document in rp.Corpus.from_texts(texts):
        rows, first, sentence = document.tokens.to_dicts(), 0, -1
        for row in rows:
            if row["sentence"] != sentence:
                if sentence >= 0:
                    yield ""
                sentence, first = row["sentence"], row["token"]
            head = 0 if row["head"] is None else row["head"] - first + 1
            here = [row["token"] - first + 1, row["text"], row["lemma"], row["upos"], row["xpos"], "_", head]
            yield "\t".join(map(str, [*here, row["deprel"], "_", "_"]))
        yield ""


def with_lemmas(pipeline: Path):  # type: ignore[no-untyped-def]  # spaCy is not installed where types are checked.
    """The pipeline with parts of speech and lemmas, looked up in what it was trained on."""
    import spacy
    from spacy.lookups import Lookups

    tags, lemmas = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for line in (pipeline.parent.parent / "train.conllu").read_text(encoding="utf-8").splitlines():
        if line[:1].isdigit():
            form, lemma, upos, xpos = line.split("\t")[1:5]
            tags[xpos][upos] += 1
            lemmas[form.lower()][lemma] += 1
    made = spacy.load(pipeline)
    ruler = made.add_pipe("attribute_ruler")
    for tag, found in tags.items():
        ruler.add([[{"TAG": tag}]], {"POS": found.most_common(1)[0][0]})
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {form: found.most_common(1)[0][0] for form, found in lemmas.items()})
    made.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=lookups)
    return made


if __name__ == "__main__":
    import sys

    Path(sys.argv[2]).write_text("\n".join(own_parses(sys.argv[1])) + "\n", encoding="utf-8")
