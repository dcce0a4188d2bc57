use super::*;
use crate::extract::act;
use crate::extract::cues;
use crate::extract::tagged::Tagged;

/// Value of a content in brackets, under the cue that starts at the word marked with `*`, if any.
fn measure(sentence: &str) -> Certainty {
    let (mut plain, mut cue, mut start, mut end) = (Vec::new(), None, 0, 0);
    for word in sentence.split_whitespace() {
        match word {
            "[" => start = plain.len(),
            "]" => end = plain.len(),
            _ => {
                if word.starts_with('*') {
                    cue = Some(plain.len());
                }
                plain.push(word.trim_start_matches('*'));
            }
        }
    }
    let tagged = Tagged::new(&plain.join(" "));
    let article = tagged.annotated();
    let matched = cue.map(|i| cues::at(&article, i).expect("a cue at the marked word"));
    let spoken = matched.as_ref().map(|m| act::spoken(&article, &[], Some(m)));
    #[allow(clippy::single_range_in_vec_init)]
    certainty(&article, spoken.as_ref(), &[start..end])
}

/// Checks the label and the sign: "certain", "-probable".
#[track_caller]
fn check(sentence: &str, expected: &str) {
    let c = measure(sentence);
    let got = format!("{}{}", if c.value < 0.0 { "-" } else { "" }, c.label.as_str());
    assert_eq!(got, expected, "{sentence} {c:?}");
}

#[test]
fn labels_follow_their_thresholds() {
    use CertaintyLabel::{Certain, Possible, Probable, Unknown};
    for (value, expected) in [
        (0.0, Unknown),
        (0.3, Possible),
        (-0.9, Possible),
        (1.0, Probable),
        (-1.9, Probable),
        (2.0, Certain),
        (-3.0, Certain),
    ] {
        assert_eq!(label(value), expected, "{value}");
    }
}

#[test]
fn plain_assertions_stay_certain() {
    check("[ Troops/NNS arrived/VBD/arrive in Kursk . ]", "certain");
    check("[ The soldiers/NNS have been sent/VBN/send . ]", "certain");
    check("[ He likes/VBZ/like the likely/JJ winner . ]", "certain");
    check("[ Russia has the means/NNS , although it might not use/VB them . ]", "certain");
    check("[ The will of the people/NNS won/VBD/win . ]", "certain");
    check("[ The troops/NNS who may fight/VB arrived/VBD/arrive . ]", "certain");
    check("[ The country plans/VBZ to expand/VB . ]", "certain");
    check("[ We know/VBP that they left/VBD/leave . ]", "certain");
    check("[ They have the troops/NNS to fight/VB . ]", "certain");
    check("[ Not only troops/NNS arrived/VBD/arrive . ]", "certain");
    check("[ They were not only sent/VBN/send but armed/VBN . ]", "certain");
    check("[ He looked/VBD/look as if nothing happened/VBD . ]", "certain");
    check("[ ]", "certain");
}

#[test]
fn narrated_hedges_weaken() {
    check("[ Troops/NNS could be deployed/VBN . ]", "possible");
    check("[ Such a role could potentially allow/VB this . ]", "possible");
    check("[ The troops/NNS may lack/VB experience . ]", "probable");
    check("[ It might escalate/VB . ]", "possible");
    check("[ They will join/VB combat . ]", "certain");
    check("[ They would be redeployed/VBN . ]", "probable");
    check("[ They are expected/VBN to join/VB combat . ]", "probable");
    check("[ They are likely/JJ to join/VB combat . ]", "probable");
    check("[ They are unlikely/JJ to join/VB combat . ]", "-probable");
    check("[ They are reportedly training/VBG there . ]", "probable");
    check("[ Some are allegedly equipped/VBN there . ]", "probable");
    check("[ As many/JJ as 12,000 soldiers/NNS could be deployed/VBN , a development . ]", "possible");
    check("[ We estimate/VBP the first will join/VB . ]", "probable");
    check("[ I believe/VBP that they left/VBD/leave . ]", "possible");
    check("[ It has the potential to harm/VB them . ]", "possible");
    check("[ There is speculation about a deal . ]", "possible");
    check("[ Perhaps they left/VBD/leave . ]", "possible");
    check("[ Both nations/NNS appear/VBP to agree/VB . ]", "probable");
    check("[ They are believed/VBN to be in Kursk . ]", "probable");
}

#[test]
fn negation_turns_the_sign() {
    check("[ Troops/NNS did not arrive/VB . ]", "-certain");
    check("[ Troops/NNS never arrived/VBD/arrive . ]", "-certain");
    check("[ No troops/NNS were sent/VBN/send . ]", "-certain");
    check("[ Nobody came/VBD/come . ]", "-certain");
    check("[ Moscow sent/VBD/send no troops/NNS . ]", "-certain");
    check("[ They failed/VBD/fail to arrive/VB . ]", "-certain");
    check("[ They did not fail/VB to arrive/VB . ]", "certain");
    check("[ They will not fight/VB . ]", "-certain");
    check("[ They could not be reached/VBN . ]", "-certain");
    check("[ They were wrongly accused/VBN . ]", "-certain");
}

#[test]
fn conditions_and_questions_leave_it_open() {
    check("[ If they fight/VBP , the war will spread/VB . ]", "possible");
    check("[ The war will spread/VB if they fight/VBP . ]", "possible");
    check("[ Should the situation escalate/VB , Seoul will respond/VB . ]", "possible");
    check("He *asked/VBD [ if they fought/VBD/fight ] .", "unknown");
    check(
        "It *remains/VBZ/remain unclear/JJ [ whether they fight/VBP ] .".replace('*', "").as_str(),
        "unknown",
    );
    check("[ It remains/VBZ/remain unclear/JJ whether they fight/VBP . ]", "unknown");
    check("[ Will they fight/VB ? ]", "unknown");
    check("[ It is possible/JJ that they left/VBD/leave . ]", "possible");
    check("[ It is unlikely/JJ that they left/VBD/leave . ]", "-probable");
    check("[ It is false/JJ that they left/VBD/leave . ]", "-certain");
    check("[ It is unlikely/JJ that they did not leave/VB . ]", "probable");
    check("[ There is a chance that they left/VBD/leave . ]", "possible");
}

#[test]
fn noun_phrases_are_hedged_by_adjectives() {
    check("[ the deployment of troops/NNS ]", "certain");
    check("[ the possible/JJ deployment of troops/NNS ]", "possible");
    check("[ the possibility of deployment ]", "possible");
    check("[ no evidence ]", "-certain");
}

#[test]
fn cues_bound_what_is_said() {
    check("Kirby *confirmed/VBD [ that they arrived/VBD/arrive ] .", "certain");
    check("Kirby *said/VBD [ that they arrived/VBD/arrive ] .", "certain");
    check("Kirby *said/VBD [ they could arrive/VB ] .", "possible");
    check("He *speculated/VBD [ that troops/NNS might be tasked/VBN ] .", "possible");
    check("He *speculated/VBD [ that troops/NNS fought/VBD/fight ] .", "possible");
    check("Moscow *denied/VBD [ that troops/NNS were sent/VBN/send ] .", "-certain");
    check("Moscow *denied/VBD [ that troops/NNS were not sent/VBN/send ] .", "certain");
    check("Moscow *said/VBD [ troops/NNS were not sent/VBN/send ] .", "-certain");
    check("He *demanded/VBD [ that they leave/VBP ] .", "unknown");
    check("They *refused/VBD [ to leave/VB ] .", "-certain");
    check("Moscow did not *confirm/VB [ the reports/NNS ] .", "unknown");
    check("Moscow did not *deny/VB [ the reports/NNS ] .", "unknown");
}

#[test]
fn odd_input_does_no_harm() {
    for text in ["", "\u{0}", "...", "🙂", "if", "if if if , , ,", "that", "? ?", "no", "to", "could"] {
        let tagged = Tagged::new(text);
        let article = tagged.annotated();
        for end in 0..=article.len() {
            #[allow(clippy::single_range_in_vec_init)]
            let c = certainty(&article, None, &[0..end]);
            assert!(c.value.abs() <= 3.0);
        }
    }
    let tagged = Tagged::new("a b");
    #[allow(clippy::reversed_empty_ranges)]
    let c = certainty(&tagged.annotated(), None, &[5..9, 1..0]);
    assert_eq!(c.label, CertaintyLabel::Certain);
}

/// Checks the value of the predicate marked with `^` in a content without a cue.
#[track_caller]
fn check_predicate(sentence: &str, expected: &str) {
    let at = sentence.split_whitespace().position(|w| w.starts_with('^')).expect("a marked word");
    let tagged = Tagged::new(&sentence.replace('^', ""));
    let article = tagged.annotated();
    let clause: Vec<usize> = (0..article.len()).collect();
    let c = combine(CERTAIN, Reading { article: &article, clause: &clause }.share_at(at));
    let got = format!("{}{}", if c.value < 0.0 { "-" } else { "" }, c.label.as_str());
    assert_eq!(got, expected, "{sentence} {c:?}");
}

#[test]
fn single_predicates_are_read_in_their_own_clause() {
    check_predicate("Troops/NNS ^arrived/VBD and may fight/VB .", "certain");
    check_predicate("Troops/NNS arrived/VBD and may ^fight/VB .", "probable");
    check_predicate("They came/VBD/come to ^fight/VB .", "probable");
    check_predicate("They refused/VBD/refuse to ^fight/VB .", "-certain");
    check_predicate("They did not refuse/VB to ^fight/VB .", "certain");
    check_predicate("They are expected/VBN to ^fight/VB .", "probable");
    check_predicate("He left/VBD/leave without ^saying/VBG it .", "-certain");
    check_predicate("There was no ^response .", "-certain");
    check_predicate("There was a ^response .", "certain");
    check_predicate("If they ^fight/VBP , the war will spread/VB .", "possible");
    check_predicate("He asked/VBD whether they ^fought/VBD/fight .", "unknown");
}
