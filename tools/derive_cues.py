#!/usr/bin/env python3
"""Regenerates the derived columns of lexicon/cues.tsv, and lists frequent gold cues that it lacks.

    tools/derive_cues.py --data DIR [--check] [--missing N] [--weak]

DIR holds the open corpora:

    factuality/MV2/mv2-all/{train,dev}.jsonl.gz  MegaVeridicality 2 (White et al. 2018): how likely readers find the
                                                 complement of a verb to be true, per verb and frame, in [-3, 3]
    polnear/train.jsonl.gz, train.corenlp.tsv.gz PolNeAR (Newell et al. 2018), train split only: gold cue spans
    ud_ewt/*train*.conllu.gz                     UD English EWT, for lemmas

Derived columns:

    certainty, negated_certainty        (n * mv + K * prior) / (n + K): mv is the mean rating of the n items of this
                                        verb with a that-clause, prior the curated judgement, K = 6. Acts that reject
                                        their content (deny, disagree, decline) keep the prior: readers were asked
                                        whether it happened, not what the source holds. A negated cue that declines
                                        leaves it open (0), unless readers presuppose it all the same (0.5 or more).
    to_certainty, negated_to_certainty  the same for infinitives ("refused to": the ratings alone); "-" where there
                                        are no ratings
    reliability                         (in_cue + K * share of the class) / (occurrences + K), K = 4: how many of the
                                        matches in PolNeAR train touch a gold cue; nouns and
                                        adjectives count only with something after them that may open a complement
    that_, np_, to_, wh_reliability     the same for matches outside quotation marks and gold contents (PolNeAR does
                                        not nest) that are followed by a clause (with or without "that", or a
                                        quotation), a noun phrase (or "as"), an infinitive, a wh-clause, by the tags
                                        that follow; smoothed towards the share of the cue with any complement,
                                        scaled by how its class fares with this one

Everything else in the table is curated by hand and left as it is. Standard library only.
"""

import argparse
import collections
import glob
import gzip
import json
import os
import re

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lexicon", "cues.tsv")
COLUMNS = (
    "pattern class act negated_act certainty negated_certainty to_certainty negated_to_certainty cameo frames "
    "reliability that_reliability np_reliability to_reliability wh_reliability prior negated_prior"
).split()
REJECTING = {"deny", "disagree", "decline"}
OPENERS = set("that of about to for on over with against from by at whether if how why in , :".split())
CERTAINTY_K = 6
FACTIVE = 0.5
RELIABILITY_K = 4


def read_table(path):
    header, rows = [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                header.append(line)
            elif line.strip():
                rows.append(dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=True)))
    return header, rows


def render_table(header, rows):
    order = ["verb", "noun", "adjective", "adverb", "preposition"]
    rows = sorted(rows, key=lambda r: (order.index(r["class"]), r["pattern"]))
    return "".join(header) + "".join("\t".join(r[c] for c in COLUMNS) + "\n" for r in rows)


# -------------------------------------------------------------------------------------------------------- lemmas
class Lemmatiser:
    """Lemmas from a treebank, then by suffix rules; rough, but the same for every cue."""

    IRREGULAR = {"threw": "throw", "forbade": "forbid", "foresaw": "foresee", "overheard": "overhear", "swore": "swear"}
    # The treebank has typing errors too.
    OVERRIDE = {("noting", "VB"): "note", ("resonated", "VB"): "resonate"}

    def __init__(self, pattern):
        counts = collections.defaultdict(collections.Counter)
        for name in sorted(glob.glob(pattern)):
            with gzip.open(name, "rt", encoding="utf-8") as f:
                for line in f:
                    p = line.split("\t")
                    if len(p) == 10 and p[0].isdigit():
                        counts[p[1].lower(), p[4][:2]][p[2].lower()] += 1
        self.seen = {k: v.most_common(1)[0][0] for k, v in counts.items()}
        self.known = {v for (_, tag), v in self.seen.items() if tag == "VB"}

    def add_known(self, verbs):
        self.known |= verbs

    def __call__(self, word, tag):
        w = word.lower()
        if (w, tag[:2]) in self.OVERRIDE:
            return self.OVERRIDE[w, tag[:2]]
        if (w, tag[:2]) in self.seen:
            return self.seen[w, tag[:2]]
        if w in self.IRREGULAR:
            return self.IRREGULAR[w]
        if tag.startswith("VB"):
            stem = None
            if w.endswith("ing"):
                stem = w[:-3]
            elif w.endswith("ied") or w.endswith("ies"):
                return w[:-3] + "y"
            elif w.endswith("ed"):
                stem = w[:-2]
            elif w.endswith("es") and w[:-2] in self.known:
                return w[:-2]
            elif w.endswith("s") and tag == "VBZ":
                return w[:-1]
            if stem:
                for s in (stem, stem + "e", stem[:-1]):
                    if s in self.known:
                        return s
                return stem
        if tag == "NNS" and w.endswith("s"):
            return w[:-3] + "y" if w.endswith("ies") else w[:-2] if re.search(r"(sh|ch|ss|x)es$", w) else w[:-1]
        return w


# ---------------------------------------------------------------------------------------------------- MegaVeridicality
def megaveridicality(data, lemma):
    """{(verb, "that"|"to", negated): ratings}; actives where there are any, otherwise passives."""
    forms = collections.defaultdict(list)
    shape = re.compile(
        r"(?:A particular person|Someone|John) (was )?(did n't |n't |was n't )?"
        r"(\w+(?: (?:out|up|about|on|off))?) (that|for|to|a particular person) "
    )
    for split in ("train", "dev"):
        with gzip.open(f"{data}/factuality/MV2/mv2-all/{split}.jsonl.gz", "rt", encoding="utf-8") as f:
            for line in f:
                o = json.loads(line)
                m = shape.match(o["text"])
                if not m:
                    continue
                passive = bool(m[1]) or (m[2] or "").startswith("was")
                frame = "to" if m[4] == "a particular person" else m[4]
                head, *rest = m[3].split()
                verb = " ".join([lemma(head, "VBN" if passive else "VBD")] + rest)
                forms[verb, frame, bool(m[2]), passive].append(o["targets"][0]["label"])
    out = {}
    for (verb, frame, negated, passive), ratings in sorted(forms.items()):
        if frame == "for":
            continue
        if not passive or (verb, frame, negated, False) not in forms:
            out[verb, frame, negated] = ratings
    return out


# ------------------------------------------------------------------------------------------------------------- PolNeAR
def articles(data, split="train"):
    """(tokens, gold cues, gold contents) with character spans; a token is (start, end, word, tag)."""
    gold = {}
    with gzip.open(f"{data}/polnear/{split}.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            o = json.loads(line)
            first = o["annotators"][sorted(o["annotators"])[0]]
            gold[o["doc"]] = [a["cue"] for a in first if a["cue"]], [a["content"] for a in first]
    tokens = collections.defaultdict(list)
    doc = None
    with gzip.open(f"{data}/polnear/{split}.corenlp.tsv.gz", "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("#doc"):
                doc = line.split("\t")[1].strip()
            elif line.startswith("T\t"):
                p = line.rstrip("\n").split("\t")
                tokens[doc].append((int(p[1]), int(p[2]), p[5], p[6]))
    for doc in sorted(gold):
        yield tokens[doc], *gold[doc]


def fits(tag, cls):
    return {
        "verb": tag.startswith("VB"),
        "noun": True,
        "adjective": tag[:2] in ("JJ", "RB", "IN") or tag == "VBN",
        "adverb": tag[:2] in ("RB", "JJ"),
        "preposition": True,
    }[cls]


class Matcher:
    """The longest entry that starts at a token: the same rule as extract::cues::at."""

    ORDER = {c: i for i, c in enumerate(["verb", "noun", "adjective", "adverb", "preposition"])}

    def __init__(self, rows):
        self.by_first = collections.defaultdict(list)
        for i, r in enumerate(rows):
            parts = r["pattern"].split(" ")
            self.by_first[parts[0]].append((-len(parts), self.ORDER[r["class"]], i, parts, r["class"]))
        for v in self.by_first.values():
            v.sort()

    def at(self, words, i):
        """words: (lower, lemma, tag) of each token. -> (row, end) or None."""
        lower, lemma, _ = words[i]
        entries = list(self.by_first.get(lower, ()))
        if lemma != lower:
            entries = sorted(entries + self.by_first.get(lemma, []))
        for _, _, row, parts, cls in entries:
            end = self.fit(words, i, parts, cls)
            if end:
                return row, end
        return None

    @staticmethod
    def fit(words, i, parts, cls):
        if cls == "verb" and not fits(words[i][2], cls):
            return None
        inflected = cls in ("verb", "noun")
        j, noun = i, False
        for k, part in enumerate(parts):
            if k and cls == "verb" and j + 1 < len(words) and words[j][2].startswith("RB") and words[j][0] != part:
                j += 1
            if j >= len(words):
                return None
            lower, lemma, tag = words[j]
            if lower != part and not (inflected and lemma == part):
                return None
            noun |= tag in ("NN", "NNS")
            j += 1
        if cls == "noun" and not noun:
            return None
        if cls in ("adjective", "adverb") and len(parts) == 1 and not fits(words[i][2], cls):
            return None
        return j


SHAPES = ("that", "np", "to", "wh")


def shape(words, i):
    """Which complement starts at token i, by the tags that follow; None if none does."""
    while i < len(words) and words[i][2] in ("RB", "RBR", "RP"):
        i += 1
    if i + 1 >= len(words):
        return None
    lower, _, tag = words[i]
    after = words[i + 1][2]
    if lower in ("that", "``", '"', "“") or tag == "``":
        return "that"
    if lower in (",", ":") and (after == "``" or words[i + 1][0] in ('"', "“", "that")):
        return "that"
    if tag == "TO" and after in ("VB", "RB"):
        return "to"
    if lower in ("whether", "if", "how", "why", "what", "when", "where", "who", "which"):
        return "wh"
    if tag in ("DT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS", "CD", "JJ", "EX", "VBG", "JJR", "JJS") or lower in (
        "as", "of", "for", "about", "on", "against", "with"
    ):  # fmt: skip
        for _, _, t in words[i : i + 12]:
            if t in ("VBD", "VBP", "VBZ", "MD"):
                return "that" if tag not in ("VBG", "IN") and lower not in ("as", "of") else "np"
            if t in (".", ",", ":", "``", "IN", "WDT", "WP", "CC") and lower not in ("as", "of"):
                break
        return "np"
    return None


def quoted(tokens):
    """For each token, whether it stands in double quotation marks; an open quotation ends after 400 tokens."""
    out, inside, since = [], False, 0
    for _, _, word, tag in tokens:
        opening = tag == "``" or word in ("“", "``")
        closing = tag == "''" or word in ("”", "''")
        if opening and word not in ("'", "‘", "`"):
            inside, since = True, 0
        elif closing and word not in ("'", "’"):
            inside = False
        since += 1
        out.append(inside and since < 400)
    return out


def count(data, rows, lemma):
    """Matches and those in gold cues, by (row, shape): "all", and for those that are not nested None or a complement."""
    matcher = Matcher(rows)
    seen, in_cue = collections.Counter(), collections.Counter()
    missing, examples = collections.Counter(), {}
    for tokens, cues, contents in articles(data):
        words = [(w.lower(), lemma(w, t), t) for _, _, w, t in tokens]
        marked, inside_content = set(), set()
        for cue in cues:
            for s, e in cue:
                marked.update(range(s, e))
        for content in contents:
            for s, e in content:
                inside_content.update(range(s, e))
        quotation = quoted(tokens)
        covered = set()
        for i, token in enumerate(tokens):
            m = matcher.at(words, i)
            if not m:
                continue
            covered.update(t[0] for t in tokens[i : m[1]])
            # A noun or adjective attributes through its complement: without one, it does not count.
            bare = rows[m[0]]["class"] in ("noun", "adjective") and " " not in rows[m[0]]["pattern"]
            if bare and not (m[1] < len(words) and words[m[1]][0] in OPENERS):
                continue
            nested = quotation[i] or (token[0] in inside_content and token[0] not in marked)
            for key in [(m[0], "all")] if nested else {(m[0], "all"), (m[0], None), (m[0], shape(words, m[1]))}:
                seen[key] += 1
                in_cue[key] += token[0] in marked
        for cue in cues:
            inside = [k for k, t in enumerate(tokens) if any(s <= t[0] < e for s, e in cue)]
            if any(tokens[k][0] in covered for k in inside):
                continue
            phrase = " ".join(tokens[k][2] for k in inside)
            for k in inside:
                if words[k][2][:2] in ("VB", "NN", "JJ", "IN") and words[k][1] not in ("be", "have", "do", "of", "to"):
                    key = words[k][1], words[k][2][:2]
                    missing[key] += 1
                    examples.setdefault(key, []).append(phrase)
    return seen, in_cue, missing, examples


def ratio(pair):
    return pair[0] / max(1, pair[1])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--check", action="store_true", help="fail if the table is not what this script would write")
    ap.add_argument("--missing", type=int, default=0, help="print the N most frequent gold cue lemmas without an entry")
    ap.add_argument("--weak", action="store_true", help="print entries that are frequent but hardly ever cues")
    a = ap.parse_args()

    header, rows = read_table(TABLE)
    lemma = Lemmatiser(f"{a.data}/ud_ewt/*train*.conllu.gz")
    lemma.add_known({r["pattern"].split(" ")[0] for r in rows if r["class"] == "verb"})
    ratings = megaveridicality(a.data, lemma)
    seen, in_cue, missing, examples = count(a.data, rows, lemma)

    by_class = collections.defaultdict(lambda: [0, 0])
    for (i, kind), n in seen.items():
        by_class[rows[i]["class"], kind][0] += in_cue[i, kind]
        by_class[rows[i]["class"], kind][1] += n
    rated = 0
    for i, r in enumerate(rows):
        r["certainty"], r["negated_certainty"] = r["prior"], r["negated_prior"]
        r["to_certainty"] = r["negated_to_certainty"] = "-"
        if r["class"] == "verb":
            for negated, column, prior in ((False, "certainty", "prior"), (True, "negated_certainty", "negated_prior")):
                mv = ratings.get((r["pattern"], "that", negated))
                if mv and r["act"] not in REJECTING:
                    value = (sum(mv) + CERTAINTY_K * float(r[prior])) / (len(mv) + CERTAINTY_K)
                    if negated and r["negated_act"] == "decline" and value < FACTIVE:
                        value = 0.0  # "did not confirm" leaves it open; "did not reveal" does not
                    r[column] = f"{value + 0.0:.1f}"
                    rated += not negated
                mv = ratings.get((r["pattern"], "to", negated))
                if mv and "to" in r["frames"].split(","):
                    k = 0 if r["act"] in REJECTING else CERTAINTY_K
                    value = (sum(mv) + k * float(r[prior])) / (len(mv) + k)
                    r[("negated_" if negated else "") + "to_certainty"] = f"{value + 0.0:.1f}"
        share = ratio(by_class[r["class"], "all"])
        r["reliability"] = f"{(in_cue[i, 'all'] + RELIABILITY_K * share) / (seen[i, 'all'] + RELIABILITY_K):.2f}"
        share = ratio(by_class[r["class"], None])
        overall = (in_cue[i, None] + RELIABILITY_K * share) / (seen[i, None] + RELIABILITY_K)
        for kind in SHAPES:
            expected = min(0.95, overall * ratio(by_class[r["class"], kind]) / max(share, 0.01))
            value = (in_cue[i, kind] + RELIABILITY_K * expected) / (seen[i, kind] + RELIABILITY_K)
            r[kind + "_reliability"] = f"{value:.2f}"
        for column in ("certainty", "negated_certainty", "to_certainty", "negated_to_certainty"):
            r[column] = "0.0" if r[column] == "-0.0" else r[column]

    text = render_table(header, rows)
    with open(TABLE, encoding="utf-8") as f:
        same = f.read() == text
    if a.check:
        raise SystemExit(0 if same else "lexicon/cues.tsv is not what tools/derive_cues.py writes")
    with open(TABLE, "w", encoding="utf-8") as f:
        f.write(text)
    print(f"{len(rows)} entries, {rated} with that-clause ratings, {sum(1 for i in range(len(rows)) if seen[i, 'all'])} seen in train")
    for (c, kind), (g, n) in sorted(by_class.items(), key=str):
        print(f"  {c:12} {kind or 'free':5} {g} of {n} matches in a gold cue")
    for (w, t), n in missing.most_common(a.missing):
        print(f"{n:5} {w} {t}: {' | '.join(examples[w, t][:4])}")
    if a.weak:
        for i, r in sorted(enumerate(rows), key=lambda x: -seen[x[0], 'all']):
            if seen[i, 'all'] >= 30 and in_cue[i, 'all'] / seen[i, 'all'] < 0.06:
                print(f"weak {r['pattern']} {r['class']} {in_cue[i, 'all']}/{seen[i, 'all']}")


if __name__ == "__main__":
    main()
