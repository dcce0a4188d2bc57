//! The speech act of a cue as it stands in its sentence: "confirmed" confirms, "did not confirm" declines.
//!
//! The act comes from `lexicon/cues.tsv`; here is decided whether the cue is negated or questioned, and whether its
//! content is put forward or rejected. "Denied" rejects; "did not deny" neither rejects nor puts forward, it declines.
//! "Does not believe that" rejects too: verbs of judgement hand their negation down to their clause (Horn 1978), which
//! the table shows by a negated certainty below zero.

use super::cues::{CueClass, Match};
use super::negation;
use crate::document::{Act, Polarity, Tag};
use crate::language::Annotated;
use crate::language::chunk::is_auxiliary;

/// Certainty below which a negated cue counts as rejecting its content.
const REJECTS: f32 = -0.15;

/// The act of a cue, whether its content is put forward or rejected, and whether the cue itself is negated.
#[must_use]
pub fn act(article: &Annotated<'_>, matched: &Match) -> (Act, Polarity, bool) {
    let cue = matched.cue;
    let negated = is_negated(article, matched);
    if negated {
        let polarity = match cue.negated_act {
            Act::Decline => Polarity::Positive,
            _ if cue.negated_certainty <= REJECTS => Polarity::Negative,
            _ => Polarity::Positive,
        };
        return (cue.negated_act, polarity, true);
    }
    if is_question(article, matched) {
        return (Act::Ask, Polarity::Positive, false);
    }
    let rejects = matches!(cue.act, Act::Deny | Act::Disagree) || cue.certainty <= REJECTS;
    (cue.act, if rejects { Polarity::Negative } else { Polarity::Positive }, false)
}

/// Whether the cue is negated in its sentence.
#[must_use]
pub fn is_negated(article: &Annotated<'_>, matched: &Match) -> bool {
    let i = matched.tokens.start;
    let from = article.sentences.get(article.sentence_of(i)).map_or(i, |s| s.first_token as usize);
    match matched.cue.class {
        CueClass::Verb => negation::negates_verb(article, i, from) || says_nothing(article, matched),
        CueClass::Noun => !is_negated_entry(matched) && negation::negates_noun(article, i, from),
        CueClass::Adjective => negation::negates_verb(article, i, from),
        CueClass::Adverb | CueClass::Preposition => false,
    }
}

/// "No comment" is negated as it stands in the table.
fn is_negated_entry(matched: &Match) -> bool {
    matched.cue.pattern.starts_with("no ")
}

/// "said nothing about it", but not "said nothing had changed".
fn says_nothing(article: &Annotated<'_>, matched: &Match) -> bool {
    let next = matched.tokens.end;
    if next >= article.len() || !matches!(article.lower(next), "nothing" | "little") {
        return false;
    }
    next + 1 >= article.len()
        || article.tag(next + 1).is_mark()
        || matches!(article.lower(next + 1), "about" | "of" | "on" | "to" | "more" | "else")
}

/// "Did Moscow confirm this?": asked, not said. The sentence ends with a question mark and its verb is inverted.
fn is_question(article: &Annotated<'_>, matched: &Match) -> bool {
    let i = matched.tokens.start;
    let Some(sentence) = article.sentences.get(article.sentence_of(i)) else { return false };
    let tokens = sentence.tokens();
    if matched.cue.class != CueClass::Verb || tokens.is_empty() || article.lower(tokens.end - 1) != "?" {
        return false;
    }
    let opens = |j: usize| {
        is_auxiliary(article.lower(j))
            || article.tag(j) == Tag::MD
            || matches!(article.tag(j), Tag::WRB | Tag::WP | Tag::WDT)
    };
    i > tokens.start && opens(tokens.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::cues;
    use crate::extract::tagged::Tagged;

    /// Checks "act polarity" or "act polarity negated" of the cue that starts at the word marked with `*`.
    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let at = sentence.split_whitespace().position(|w| w.starts_with('*')).expect("a marked word");
        let tagged = Tagged::new(&sentence.replace('*', ""));
        let article = tagged.annotated();
        let matched = cues::at(&article, at).expect("a cue at the marked word");
        let (act, polarity, negated) = act(&article, &matched);
        let got = format!("{} {}{}", act.as_str(), polarity.as_str(), if negated { " negated" } else { "" });
        assert_eq!(got, expected, "{sentence} ({})", matched.cue.pattern);
    }

    #[test]
    fn plain_cues_are_not_negated() {
        check("Kirby *said/VBD that troops/NNS had arrived/VBN .", "state +");
        check("Kirby *confirmed/VBD the/DT deployment .", "confirm +");
        check("The president has *said/VBN it .", "state +");
        check("Not everyone agrees/VBZ , but Kim *said/VBD so .", "state +");
        check("It was n't clear/JJ , Kim *said/VBD .", "state +");
        check("Kim *said/VBD nothing had changed/VBN .", "state +");
        check("Kim *said/VBD no troops/NNS were sent/VBN/send .", "state +");
        check("Not only did he *warn/VB them .", "warn +");
        check("He did not only *warn/VB them .", "warn +");
        check("Seoul , which had no troops/NNS there , *warned/VBD of war .", "warn +");
        check("He was *expected/VBN to win/VB .", "predict +");
        check("The soldiers/NNS are *believed/VBN to be in Kursk .", "judge +");
        check("He was *accused/VBN of lying/VBG/lie .", "accuse +");
        check("He did it without shame and *admitted/VBD it .", "confirm +");
        check("No. was there , officials/NNS *said/VBD .", "state +");
        check("According/VBG to a few officials/NNS , Yoon *hinted/VBD at arms/NNS/arms .", "hint +");
    }

    #[test]
    fn rejections_reject() {
        check("Moscow *denied/VBD the claim .", "deny -");
        check("Russia *rejected/VBD the allegations/NNS .", "disagree -");
        check("He *disputed/VBD the figure .", "disagree -");
        check("The Kremlin *dismissed/VBD the reports/NNS .", "deny -");
        check("He *doubts/VBZ that it is true/JJ .", "judge -");
        check("Kim *refuted/VBD it .", "deny -");
    }

    #[test]
    fn negated_reports_decline() {
        check("He did not *confirm/VB allegations/NNS .", "decline + negated");
        check("He did n't *confirm/VB them .", "decline + negated");
        check("Seoul has not *said/VBN how .", "decline + negated");
        check("Seoul has not yet *announced/VBN it .", "decline + negated");
        check("He never *claimed/VBD it .", "decline + negated");
        check("He would not *say/VB when .", "decline + negated");
        check("He will no longer *comment/VB .", "decline + negated");
        check("Pyongyang did not *deny/VB the reports/NNS .", "decline + negated");
        check("Officials/NNS did not immediately *respond/VB .", "decline + negated");
        check("He did not *confirm/VB or deny/VB it .", "decline + negated");
        check("He did not confirm/VB or *deny/VB it .", "decline + negated");
        check("He neither confirmed/VBD nor *denied/VBD it .", "decline + negated");
        check("He neither *confirmed/VBD nor denied/VBD it .", "decline + negated");
        check("He *said/VBD nothing about it .", "decline + negated");
        check("He *said/VBD little .", "decline + negated");
    }

    #[test]
    fn governing_words_negate() {
        check("Moscow refused/VBD to *confirm/VB it .", "decline + negated");
        check("He declined/VBD to *say/VB why .", "decline + negated");
        check("They/PRP failed/VBD to *announce/VB it .", "decline + negated");
        check("He was unable/JJ to *confirm/VB it .", "decline + negated");
        check("He was unwilling/JJ to publicly *acknowledge/VB it .", "decline + negated");
        check("Seoul has yet to *confirm/VB it .", "decline + negated");
        check("He left/VBD/leave without *confirming/VBG it .", "decline + negated");
        check("He stopped/VBD/stop short of *saying/VBG so .", "decline + negated");
        check("He spoke/VBD/speak of peace instead of *confirming/VBG it .", "decline + negated");
        check("He refrained/VBD/refrain from *commenting/VBG .", "decline + negated");
        check("He avoided/VBD/avoid *saying/VBG so .", "decline + negated");
        check("He denied/VBD *saying/VBG so .", "decline + negated");
        check("He did not want/VB to *say/VB why .", "decline + negated");
        check("His refusal to *confirm/VB it irked/VBD them .", "decline + negated");
        check("He chose/VBD/choose not to *comment/VB .", "decline + negated");
        check("He *declined/VBD to comment/VB .", "decline +");
        check("He *refused/VBD to leave/VB .", "decline +");
    }

    #[test]
    fn two_negations_cancel_out() {
        check("He did not refuse/VB to *confirm/VB it .", "confirm +");
        check("He never failed/VBD to *mention/VB it .", "state +");
        check("He did not hesitate/VB to *warn/VB them .", "warn +");
    }

    #[test]
    fn subjects_negate() {
        check("No official *confirmed/VBD it .", "decline + negated");
        check("Neither side *commented/VBD .", "decline + negated");
        check("Nobody *said/VBD so .", "decline + negated");
        check("None of the officials/NNS *said/VBD so .", "decline + negated");
        check("No , he *said/VBD .", "state +");
    }

    #[test]
    fn judgements_hand_their_negation_down() {
        check("He does not *believe/VB that they will fight/VB .", "judge - negated");
        check("Analysts/NNS do n't *think/VB so .", "judge - negated");
        check("He does not *expect/VB a war .", "predict - negated");
        check("He does not *agree/VB with her .", "disagree - negated");
        check("He is not *convinced/VBN that it works/VBZ .", "judge - negated");
    }

    #[test]
    fn nouns_are_negated_by_determiners() {
        check("There was *evidence of it .", "confirm +");
        check("There is no *evidence that it works/VBZ .", "decline + negated");
        check("There has been no official *comment from Pyongyang .", "decline + negated");
        check("He did not provide/VB any *evidence .", "decline + negated");
        check("for lack of *evidence", "decline + negated");
        check("He did not deny/VB the *reports/NNS .", "report +");
        check("He had no *comment .", "decline + negated");
        check("The *statement was not long/JJ .", "state +");
    }

    #[test]
    fn questions_ask() {
        check("Did Moscow *confirm/VB this ?", "ask +");
        check("Why has Seoul *said/VBN so ?", "ask +");
        check("He *said/VBD this ?", "state +");
    }
}
