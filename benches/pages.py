"""Speed of reading web pages against trafilatura, on one core: `python benches/pages.py PROGRAM --data DIR`.

PROGRAM is `target/release/evaluate_html`. Processor time is compared, so that what else the machine does is not
measured: trafilatura's `bare_extraction` with metadata and our article with metadata, dates and places in the page, on
the pages of `DIR/messy_html/dev.jsonl.gz`. Loading is left out of both: of ours by the difference of two runs.
Needs `pip install trafilatura`.
"""

import base64
import gzip
import json
import resource
import subprocess
import sys
import time

import trafilatura

program, data = sys.argv[1], sys.argv[sys.argv.index("--data") + 1]
pages = []
with gzip.open(f"{data}/messy_html/dev.jsonl.gz", "rt") as file:
    for line in file:
        row = json.loads(line)
        pages.append((base64.b64decode(row["html_base64"]).decode("utf-8", "replace"), row["gold"]["url"]))


def ours(times: int) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([program, "--data", data, "--repeat", str(times)], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


started = time.process_time()
for page, url in pages:
    trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False)
theirs = len(pages) / (time.process_time() - started)
mine = 2 * len(pages) / (ours(3) - ours(1))
print(f"trafilatura {trafilatura.__version__}: {theirs:.1f} pages a second")
print(f"reportedly: {mine:.1f} pages a second, {mine / theirs:.1f} times as many")
