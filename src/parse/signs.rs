//! What is seen of a line and of the lines around it, as numbers: what the trees of [`super::forest`] ask about.
//!
//! The features of line classifiers since Kohlschütter, Fankhauser and Nejdl (2010): lengths, shares of capitals,
//! digits and function words, what stands before and after; with what the rules of [`super::boilerplate`] found.
//! All of it is counted in one pass over the text and sums over the lines, so the cost is linear.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::boilerplate::{Reading, Shape};
use super::credits::Byline;
use super::dates::DateLine;
use super::lines::{Mark, Unit};
use super::phrases::Phrase;
use super::words;

/// A page as the rules have read it.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit],
    pub(super) readings: &'a [Reading],
    /// Which units are date lines, and which bylines.
    pub(super) dates: &'a [Option<DateLine>],
    pub(super) bylines: &'a [Option<Byline>],
    /// The stretch of the article, and what is not of it, by rule.
    pub(super) body: &'a Range<usize>,
    pub(super) ruled: &'a [bool],
    pub(super) title: Option<usize>,
}

/// Whether a page shows that it is one, and is long enough to be judged as a whole: otherwise the rules judge its
/// lines, which ask for more evidence.
pub(super) fn is_furnished(units: &[Unit], readings: &[Reading]) -> bool {
    const LEAST_WORDS: usize = 150;
    let told = |r: &Reading| r.phrase.is_some_and(|p| p != Phrase::Section) || r.cut_off;
    let items = |i: usize| readings[i].shape == Shape::Short && units[i].words <= 5;
    let long = (0..units.len()).filter(|i| readings[*i].shape == Shape::Long);
    (readings.iter().any(told) || (0..units.len()).filter(|i| items(*i)).count() >= 8)
        && long.map(|i| units[i].words).sum::<usize>() >= LEAST_WORDS
}

/// What is counted in a line by itself: so many columns.
const OWN: usize = 29 + GROUPS;
/// Of these, the columns that are also given of the lines around.
const SEEN: [usize; 8] = [WORDS, ENDS, STOPS, PHRASE, MARK, CAPITALS, SHAPE, SHARED];
const AROUND: [isize; 6] = [-3, -2, -1, 1, 2, 3];
const PLACE: usize = 13;
const WINDOWS: usize = 19;
const PAGE: usize = 8;
/// Numbers for each line.
pub(crate) const WIDTH: usize = OWN + SEEN.len() * AROUND.len() + PLACE + WINDOWS + PAGE;

const WORDS: usize = 0;
const ENDS: usize = 3;
const CAPITALS: usize = 5;
const STOPS: usize = 6;
const SHAPE: usize = 12;
const PHRASE: usize = 13;
const MARK: usize = 14;
const SHARED: usize = 21;

/// The numbers of all lines, [`WIDTH`] for each.
pub(super) fn signs(view: &View<'_>) -> Vec<f32> {
    let own = own(view);
    let sums = Sums::new(view, &own);
    let page = page(view, &sums);
    let runs = runs(view.readings);
    let n = view.units.len();
    let mut out = Vec::with_capacity(n * WIDTH);
    let end_of_body = view.body.end.max(1) - 1;
    let mut ends_before = 0.0;
    for i in 0..n {
        out.extend_from_slice(&own[i * OWN..(i + 1) * OWN]);
        for step in AROUND {
            let at = i.checked_add_signed(step).filter(|at| *at < n);
            out.extend(SEEN.map(|column| at.map_or(-1.0, |at| own[at * OWN + column])));
        }
        // PLACE
        let before = sums.words(0..i);
        let all = sums.words(0..n).max(1.0);
        let signed_distance = |to: usize| log(i.abs_diff(to) as f32) * if i < to { -1.0 } else { 1.0 };
        out.extend([
            i as f32 / n as f32,
            before / all,
            log(i as f32),
            log((n - i) as f32),
            log(before),
            log(all - before),
            f32::from(u8::from(view.body.contains(&i))),
            signed_distance(view.body.start),
            signed_distance(end_of_body),
            f32::from(u8::from(view.ruled[i])),
            ends_before,
            view.title.map_or(-9.0, signed_distance),
            sums.share(&sums.ruled, i.saturating_sub(8)..(i + 9).min(n)),
        ]);
        if view.readings[i].phrase == Some(Phrase::End) {
            ends_before += 1.0;
        }
        // WINDOWS
        let (up, down) = (i.saturating_sub(8)..i, (i + 1).min(n)..(i + 9).min(n));
        let near = i.saturating_sub(3)..(i + 4).min(n);
        out.extend([
            log(sums.words(up.clone()) / up.len().max(1) as f32),
            log(sums.words(down.clone()) / down.len().max(1) as f32),
            sums.stops(near.clone()),
            sums.stops(i.saturating_sub(8)..(i + 9).min(n)),
            sums.share(&sums.long, up.clone()),
            sums.share(&sums.long, down.clone()),
            sums.share(&sums.long, i.saturating_sub(25)..(i + 26).min(n)),
            sums.of(&sums.phrases, up.clone()),
            sums.of(&sums.phrases, down.clone()),
            sums.of(&sums.listed, up) / 8.0,
            sums.of(&sums.listed, down) / 8.0,
            sums.of(&sums.phrases, i.saturating_sub(25)..(i + 26).min(n)),
            sums.share(&sums.long, 0..i),
            sums.share(&sums.long, (i + 1).min(n)..n),
        ]);
        let run = &runs[i];
        out.extend([
            log(run.length as f32),
            log(run.index as f32),
            run.above.map_or(9.0, |at| log((i - at) as f32)),
            run.below.map_or(9.0, |at| log((at - i) as f32)),
            run.below.map_or(0.0, |at| own[at * OWN]),
        ]);
        out.extend(page);
    }
    debug_assert_eq!(out.len(), n * WIDTH);
    out
}

fn log(x: f32) -> f32 {
    (1.0 + x.max(0.0)).ln()
}

/// The columns of each line by itself.
fn own(view: &View<'_>) -> Vec<f32> {
    let stems = Stems::new(view);
    let mut repeats: FxHashMap<u64, u32> = FxHashMap::default();
    let keys: Vec<u64> = view.units.iter().map(|u| key(u.span.of(view.text))).collect();
    for key in &keys {
        *repeats.entry(*key).or_default() += 1;
    }
    let mut out = Vec::with_capacity(view.units.len() * OWN);
    for (i, unit) in view.units.iter().enumerate() {
        let line = unit.span.of(view.text);
        let reading = &view.readings[i];
        let counts = Counts::of(line);
        let words = counts.words.max(1) as f32;
        let letters = counts.letters.max(1) as f32;
        let last = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']).chars().next_back();
        let ends = match last {
            Some('.') => 3.0,
            Some('!' | '?') => 2.0,
            Some(':') => 1.0,
            Some('…') => -2.0,
            Some(',' | ';' | '-' | '–') => -1.0,
            _ => 0.0,
        };
        let gap_after = view.units.get(i + 1).is_none_or(|next| next.gap_before);
        out.extend([
            log(unit.words as f32),
            log(line.len() as f32),
            letters / words,
            ends,
            counts.inner_ends as f32,
            counts.capitals as f32 / words,
            counts.stops as f32 / words,
            counts.digits as f32 / line.len().max(1) as f32,
            counts.groups[..3].iter().sum::<usize>() as f32 / words,
            counts.upper as f32 / letters,
            counts.separators as f32 / words,
            counts.commas as f32 / words,
            match reading.shape {
                Shape::Short => 0.0,
                Shape::Sentence => 1.0,
                Shape::Long => 2.0,
            },
            match reading.phrase {
                None => 0.0,
                Some(Phrase::Section) => 1.0,
                Some(Phrase::Notice) => 2.0,
                Some(Phrase::Item) => 3.0,
                Some(Phrase::More) => 4.0,
                Some(Phrase::End) => 5.0,
            },
            match unit.mark {
                Mark::Heading(level) => -f32::from(level),
                Mark::None => 0.0,
                Mark::Bullet => 1.0,
                Mark::Number => 2.0,
                Mark::Quote => 3.0,
            },
            f32::from(u8::from(reading.cut_off)),
            f32::from(u8::from(unit.emphasis)),
            f32::from(u8::from(unit.gap_before)) + 2.0 * f32::from(u8::from(gap_after)),
            f32::from(u8::from(view.dates[i].is_some())),
            f32::from(u8::from(view.bylines[i].is_some())),
            repeats.get(&keys[i]).map_or(1.0, |n| log(*n as f32)),
            stems.shared(line, reading),
            f32::from(u8::from(line.starts_with(char::is_lowercase))),
            counts.links as f32,
            counts.first_stop,
            counts.quotes as f32,
            counts.marks as f32 / line.len().max(1) as f32,
            counts.groups[3..].iter().sum::<usize>() as f32 / words,
            counts.groups[3..].iter().sum::<usize>() as f32,
        ]);
        out.extend(counts.groups.map(|n| if n == 0 { 0.0 } else { n as f32 + 10.0 * n as f32 / words }));
    }
    debug_assert_eq!(out.len(), view.units.len() * OWN);
    out
}

#[derive(Default)]
struct Counts {
    words: usize,
    letters: usize,
    upper: usize,
    digits: usize,
    commas: usize,
    separators: usize,
    marks: usize,
    quotes: usize,
    links: usize,
    inner_ends: usize,
    capitals: usize,
    stops: usize,
    groups: [usize; GROUPS],
    first_stop: f32,
}

impl Counts {
    fn of(line: &str) -> Counts {
        /// Longer lines are known by their beginnings.
        const ENOUGH: usize = 400;
        let mut counts = Counts::default();
        let mut ended = false;
        for word in words::split(line).take(ENOUGH) {
            counts.words += 1;
            if ended && word.starts_with(char::is_uppercase) {
                counts.inner_ends += 1;
            }
            ended = word.len() > 3 && word.ends_with(['.', '!', '?', '”', '"']);
            for byte in word.bytes() {
                match byte {
                    b'a'..=b'z' | 0x80.. => counts.letters += 1,
                    b'A'..=b'Z' => {
                        counts.letters += 1;
                        counts.upper += 1;
                    }
                    b'0'..=b'9' => counts.digits += 1,
                    b',' => counts.commas += 1,
                    b'|' | b'/' | b'>' => counts.separators += 1,
                    b'"' => counts.quotes += 1,
                    _ => counts.marks += 1,
                }
            }
            if matches!(word, "»" | "›" | "·" | "•" | "-" | "–" | "—" | "→") {
                counts.separators += 1;
            }
            if word.contains("](") || word.contains("://") || word.contains("www.") || word.contains('@') {
                counts.links += 1;
            }
            let bare = words::bare(word);
            if bare.starts_with(char::is_uppercase) {
                counts.capitals += 1;
            }
            let mut small = [0; 12];
            if let Some(small) = small.get_mut(..bare.len()) {
                small.copy_from_slice(bare.as_bytes());
                small.make_ascii_lowercase();
                let stop = is_stop_word(small);
                counts.stops += usize::from(stop);
                if counts.words == 1 {
                    counts.first_stop = f32::from(u8::from(stop));
                }
                if let Some(group) = groups(small) {
                    counts.groups[group] += 1;
                }
            }
        }
        counts
    }
}

fn is_stop_word(word: &[u8]) -> bool {
    match word.len() {
        1 => matches!(word, b"a" | b"i"),
        2 => matches!(
            word,
            b"of"
                | b"to"
                | b"in"
                | b"is"
                | b"it"
                | b"on"
                | b"as"
                | b"at"
                | b"be"
                | b"by"
                | b"or"
                | b"an"
                | b"he"
                | b"if"
                | b"so"
                | b"no"
        ),
        3 => matches!(
            word,
            b"the"
                | b"and"
                | b"for"
                | b"was"
                | b"are"
                | b"but"
                | b"not"
                | b"has"
                | b"had"
                | b"his"
                | b"her"
                | b"she"
                | b"its"
                | b"who"
                | b"can"
                | b"all"
                | b"one"
        ),
        4 => matches!(
            word,
            b"that"
                | b"with"
                | b"this"
                | b"from"
                | b"have"
                | b"they"
                | b"were"
                | b"been"
                | b"said"
                | b"will"
                | b"more"
                | b"when"
                | b"what"
                | b"than"
                | b"into"
                | b"also"
                | b"some"
                | b"them"
        ),
        5 => matches!(
            word,
            b"their" | b"which" | b"would" | b"there" | b"about" | b"other" | b"after" | b"these" | b"could"
        ),
        _ => false,
    }
}

/// Words of readers and writers, of buttons, forms and notices, in groups; single ones are in articles, too.
fn groups(word: &[u8]) -> Option<usize> {
    Some(match word {
        b"you" | b"your" | b"yours" | b"you're" | b"yourself" => 0,
        b"we" | b"our" | b"us" | b"we're" | b"ours" | b"we've" => 1,
        b"i" | b"my" | b"me" | b"i'm" | b"i've" | b"mine" => 2,
        b"cookie" | b"cookies" | b"consent" | b"gdpr" | b"privacy" | b"policy" | b"terms" | b"copyright"
        | b"reserved" | b"rights" | b"disclaimer" | b"disclosure" | b"liability" | b"trademark"
        | b"trademarks" | b"advice" | b"purposes" | b"informational" | b"affiliate" | b"commission"
        | b"substitute" | b"regulated" | b"licensed" | b"inc" | b"llc" | b"ltd" => 3,
        b"subscribe" | b"newsletter" | b"newsletters" | b"sign" | b"join" | b"free" | b"download"
        | b"buy" | b"shop" | b"cart" | b"click" | b"email" | b"demo" | b"trial" | b"ebook" | b"pricing"
        | b"inbox" | b"subscription" | b"app" | b"course" | b"webinar" | b"checkout" | b"order"
        | b"shipping" | b"discount" | b"sale" | b"price" | b"rating" | b"stars" | b"recipe" | b"login"
        | b"register" => 4,
        b"author" | b"editor" | b"writer" | b"writes" | b"journalist" | b"bio" | b"founder" | b"founded"
        | b"ceo" | b"phd" | b"degree" | b"graduated" | b"lives" | b"expert" | b"holds" | b"passionate"
        | b"reporter" | b"contributor" | b"contributing" | b"specializes" => 5,
        b"reply" | b"comment" | b"comments" | b"commented" | b"thanks" | b"thank" | b"says" | b"ago"
        | b"likes" | b"permalink" | b"posted" | b"anonymous" | b"moderation" | b"upvote" | b"great" => 6,
        b"share" | b"tweet" | b"facebook" | b"twitter" | b"instagram" | b"linkedin" | b"pinterest"
        | b"youtube" | b"whatsapp" | b"tiktok" | b"reddit" | b"follow" | b"print" | b"pin" => 7,
        b"related" | b"posts" | b"read" | b"next" | b"previous" | b"latest" | b"popular" | b"trending"
        | b"recent" | b"categories" | b"category" | b"tags" | b"tagged" | b"filed" | b"archives"
        | b"menu" | b"search" | b"home" | b"blog" | b"contact" | b"about" | b"views" | b"published"
        | b"updated" | b"min" | b"article" | b"articles" | b"stories" | b"podcast" | b"podcasts"
        | b"topics" => 8,
        b"photo" | b"image" | b"getty" | b"credit" | b"courtesy" | b"photograph" | b"photography"
        | b"illustration" | b"caption" | b"advertisement" | b"sponsored" | b"via" => 9,
        _ => return None,
    })
}

const GROUPS: usize = 10;

/// In how many units of running text the stem of a word is, by hash.
struct Stems {
    counts: Vec<u16>,
}

impl Stems {
    const BUCKETS: usize = 1 << 12;

    fn new(view: &View<'_>) -> Stems {
        let mut counts = vec![0u16; Stems::BUCKETS];
        let mut seen = vec![u32::MAX; Stems::BUCKETS];
        for (i, (unit, reading)) in view.units.iter().zip(view.readings).enumerate() {
            if reading.shape == Shape::Long {
                for bucket in buckets(unit.span.of(view.text)) {
                    if seen[bucket] != i as u32 {
                        seen[bucket] = i as u32;
                        counts[bucket] = counts[bucket].saturating_add(1);
                    }
                }
            }
        }
        Stems { counts }
    }

    /// The share of a line's stems that running text elsewhere has; -1 if it has none.
    fn shared(&self, line: &str, reading: &Reading) -> f32 {
        let itself = u16::from(reading.shape == Shape::Long);
        let (mut all, mut shared) = (0, 0);
        for bucket in buckets(line) {
            all += 1;
            shared += usize::from(self.counts[bucket] > itself);
        }
        if all == 0 { -1.0 } else { shared as f32 / all as f32 }
    }
}

/// Buckets of the first five letters of the longer words.
fn buckets(line: &str) -> impl Iterator<Item = usize> {
    const ENOUGH: usize = 120;
    words::split(line).take(ENOUGH).map(words::bare).filter(|w| w.len() > 3).map(|word| {
        let start = &word.as_bytes()[..word.len().min(5)];
        let hash = start.iter().fold(0x811c_9dc5u32, |hash, byte| {
            (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
        });
        (hash >> 12) as usize % Stems::BUCKETS
    })
}

/// A line without case and marks, as a number.
fn key(line: &str) -> u64 {
    let letters = line.bytes().filter(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    letters.fold(0xcbf2_9ce4_8422_2325, |key, byte| {
        (key ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Sums from the first line up to each line.
struct Sums {
    words: Vec<f32>,
    stops: Vec<f32>,
    long: Vec<f32>,
    ruled: Vec<f32>,
    phrases: Vec<f32>,
    listed: Vec<f32>,
    gaps: Vec<f32>,
}

impl Sums {
    fn new(view: &View<'_>, own: &[f32]) -> Sums {
        let column = |value: &dyn Fn(usize) -> f32| {
            let mut sum = 0.0;
            let mut sums = vec![0.0];
            sums.extend((0..view.units.len()).map(|i| {
                sum += value(i);
                sum
            }));
            sums
        };
        let words = |i: usize| view.units[i].words as f32;
        let told = |i: usize| view.readings[i].phrase.is_some_and(|p| p != Phrase::Section);
        Sums {
            words: column(&words),
            stops: column(&|i| own[i * OWN + STOPS] * words(i)),
            long: column(&|i| if view.readings[i].shape == Shape::Long { words(i) } else { 0.0 }),
            ruled: column(&|i| if view.ruled[i] { words(i) } else { 0.0 }),
            phrases: column(&|i| f32::from(u8::from(told(i)))),
            listed: column(&|i| f32::from(u8::from(view.units[i].mark != Mark::None))),
            gaps: column(&|i| f32::from(u8::from(view.units[i].gap_before))),
        }
    }

    fn of(&self, sums: &[f32], range: Range<usize>) -> f32 {
        sums[range.end] - sums[range.start]
    }

    fn words(&self, range: Range<usize>) -> f32 {
        self.of(&self.words, range)
    }

    /// The share of the words that `sums` counts.
    fn share(&self, sums: &[f32], range: Range<usize>) -> f32 {
        self.of(sums, range.clone()) / self.words(range).max(1.0)
    }

    fn stops(&self, range: Range<usize>) -> f32 {
        self.share(&self.stops, range)
    }
}

/// The columns that all lines of a page have in common.
fn page(view: &View<'_>, sums: &Sums) -> [f32; PAGE] {
    let n = view.units.len();
    let all = 0..n;
    [
        log(n as f32),
        log(sums.words(all.clone())),
        sums.share(&sums.long, all.clone()),
        sums.of(&sums.phrases, all.clone()) / n.max(1) as f32,
        log(sums.of(&sums.phrases, all.clone())),
        sums.of(&sums.listed, all.clone()) / n.max(1) as f32,
        sums.of(&sums.gaps, all.clone()) / n.max(1) as f32,
        sums.share(&sums.ruled, all),
    ]
}

/// Where a line stands among short lines.
struct Run {
    length: usize,
    index: usize,
    /// The nearest running text before and after.
    above: Option<usize>,
    below: Option<usize>,
}

fn runs(readings: &[Reading]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(readings.len());
    let (mut above, mut index) = (None, 0);
    for (i, reading) in readings.iter().enumerate() {
        index = if reading.shape == Shape::Short { index + 1 } else { 0 };
        runs.push(Run { length: index, index, above, below: None });
        if reading.shape == Shape::Long {
            above = Some(i);
        }
    }
    let mut below = None;
    for i in (0..readings.len()).rev() {
        if readings[i].shape == Shape::Short
            && let Some(next) = runs.get(i + 1).map(|r| r.length)
        {
            runs[i].length = runs[i].length.max(next);
        }
        runs[i].below = below;
        if readings[i].shape == Shape::Long {
            below = Some(i);
        }
    }
    runs
}
