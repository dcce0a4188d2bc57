"""Makes `lexicon/verb_synonyms.tsv`, verbs and event nouns that say the same, out of WordNet.

Source: WordNet 3.0, as in Debian's package wordnet-base (1:3.0-37), unpacked by hand so that nothing is fetched here:

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb DIR
    python3 tools/verb_synonyms.py DIR/usr/share/wordnet

What is taken. Verbs and event nouns of one word that were met in the texts whose senses were tagged by hand (SemCor,
`cntlist.rev`), or that are near one that was. A noun is an event if one of its first senses is an act, an event, a
phenomenon, a process, or a piece of communication, or state that a verb brings about.

Senses stand in the order of their frequency. Two words are *close* if they share a synset that is among the first two
senses of each, and either is the most frequent of one; they are *far* if they share one among the first four, or if one's first
sense is a kind of the other's first or second (assassinate, kill). The words of one derivation are a *family*: a noun
belongs to the verb that WordNet relates it to (deployment, deploy), if the noun is what the verb does and not who does
it.

The same source gives the same bytes. Python 3.11, standard library only.
"""

import collections
import pathlib
import sys

EVENTS = {"04": "act", "11": "event", "19": "phenomenon", "22": "process", "10": "communication", "26": "state"}
# Nouns whose first sense is of these are events by themselves; of the others only if a verb brings them about.
PLAIN = {"04", "11", "19", "22"}
FIRST = 2
FAR = 4
MOST = 8

HEADER = """# Verbs and event nouns that say the same: synonyms, kinds, and nouns that name what a verb says.
# Source: WordNet 3.0 (Debian's wordnet-base 1:3.0-37), by tools/verb_synonyms.py, which says what is taken.
# Licence: WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Permission to use, copy, modify and
# distribute this software and database and its documentation for any purpose and without fee or royalty is hereby
# granted, provided that you agree to comply with the following copyright notice and statements, including the
# disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
# modifications that you make for internal use or for distribution. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND
# PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT
# LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY
# PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
# PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used
# in advertising or publicity pertaining to distribution of the software and/or database. Title to copyright in this
# software, database and any associated documentation shall at all times remain with Princeton University and LICENSEE
# agrees to preserve same.
# Columns: v (verb) or n (noun); lemma; how often it was met in the hand-tagged texts; family: the verb that a noun
# belongs to; close synonyms, |-separated; far ones.
"""


def synsets(path):
    """Offset → (lexicographer file, words, pointers)."""
    out = {}
    for line in path.read_text().splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        offset, lexfile, pos, count = fields[0], fields[1], fields[2], int(fields[3], 16)
        words = [fields[4 + 2 * i].split("(")[0] for i in range(count)]
        at = 4 + 2 * count
        pointers = [tuple(fields[at + 1 + 4 * i : at + 5 + 4 * i]) for i in range(int(fields[at]))]
        out[offset] = (lexfile, words, pointers)
    return out


def index(path):
    """Lemma → offsets, in the order of frequency."""
    out = {}
    for line in path.read_text().splitlines():
        if line.startswith("  "):
            continue
        fields = line.split()
        out[fields[0]] = fields[-int(fields[2]) :]
    return out


def counts(path):
    """(lemma, n or v) → how often it was met."""
    out = collections.Counter()
    for line in path.read_text().splitlines():
        key, _, count = line.split()
        lemma, rest = key.split("%")
        pos = {"1": "n", "2": "v"}.get(rest[0])
        if pos:
            out[lemma, pos] += int(count)
    return out


def plain(word):
    return word.replace("-", "").isalpha() and word.islower()


def main():
    folder = pathlib.Path(sys.argv[1])
    data = {p: synsets(folder / f"data.{n}") for p, n in (("v", "verb"), ("n", "noun"))}
    senses = {p: index(folder / f"index.{n}") for p, n in (("v", "verb"), ("n", "noun"))}
    met = counts(folder / "cntlist.rev")
    rank = {p: {(w, o): i for w, os in senses[p].items() for i, o in enumerate(os)} for p in data}

    families = {}
    for noun, offsets in senses["n"].items():
        if not plain(noun):
            continue
        best = None
        for i, offset in enumerate(offsets[:3]):
            lexfile, words, pointers = data["n"][offset]
            if lexfile not in EVENTS:
                continue
            for symbol, target, pos, which in pointers:
                if symbol != "+" or pos != "v":
                    continue
                source, verb = int(which[:2], 16), int(which[2:], 16)
                if words[source - 1].lower() != noun:
                    continue
                word = data["v"][target][1][verb - 1]
                if plain(word):
                    # The verb that is most often meant so: first by the senses of both, then by what is written alike.
                    alike = len(common(noun, word))
                    key = (i + rank["v"][word, target], -alike, word)
                    if alike >= min(3, len(word) - 2) and (best is None or key < best[0]):
                        best = (key, word)
        if best:
            families[noun] = best[1]

    def is_event(noun):
        first = [data["n"][o][0] for o in senses["n"][noun][:FIRST]]
        return noun in families or first[0] in PLAIN

    known = {}
    for pos in data:
        for word in senses[pos]:
            if plain(word) and (pos == "v" or is_event(word)):
                known[word, pos] = met[word, pos]

    def near(word, pos):
        """Close and far words, the likeliest first."""
        close, far = {}, {}
        for i, offset in enumerate(senses[pos][word][:FAR]):
            for other in data[pos][offset][1]:
                other = other.lower()
                if other == word or (other, pos) not in known:
                    continue
                j = rank[pos][other, offset]
                grade = i + j
                if i < FIRST and j < FIRST and (i == 0 or j == 0):
                    close[other] = min(close.get(other, 99), grade)
                elif j < FAR:
                    far[other] = min(far.get(other, 99), grade)
            if i == 0:
                for symbol, target, p, _ in data[pos][offset][2]:
                    if symbol not in ("@", "~") or p != pos:
                        continue
                    for other in data[pos][target][1]:
                        other = other.lower()
                        if other == word or (other, pos) not in known:
                            continue
                        j = rank[pos][other, target]
                        # Too wide a verb tells nothing: "move", "be", "make".
                        broad = max(met[other, pos], met[word, pos]) > (400 if pos == "v" else 80)
                        if j < (2 if symbol == "@" else 1) and not broad:
                            far[other] = min(far.get(other, 99), 2 + j)
        order = lambda d: [w for w, g in sorted(d.items(), key=lambda x: (x[1], -met[x[0], pos], x[0]))]
        return order(close)[:MOST], [w for w in order(far) if w not in close][:MOST]

    rows = []
    for (word, pos), count in sorted(known.items()):
        close, far = near(word, pos)
        close = [w for w in close if worth(w, pos, met, families)]
        far = [w for w in far if met[w, pos] >= 3 and count >= 1]
        family = families.get(word, "") if pos == "n" else ""
        if not worth(word, pos, met, families) and not (close and any(met[w, pos] for w in close)):
            continue
        if count == 0 and (not family or word.endswith("ing")) and not close:
            continue
        if not (close or far or family) and count < 3:
            continue
        rows.append("\t".join([pos, word, str(count), family, "|".join(close), "|".join(far)]).rstrip("\t"))
    sys.stdout.write(HEADER + "\n".join(rows) + "\n")


def worth(word, pos, met, families):
    """Whether a word is met at all, or belongs to a verb that is."""
    if met[word, pos]:
        return True
    return pos == "n" and word in families and met[families[word], "v"] >= 2


def common(a, b):
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return a[:n]


main()
