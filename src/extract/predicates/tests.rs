//! One-line facts: the predicates of a sentence.
//!
//! `send(North Korea; troop; Russia)`: subjects, objects, others, by name or else by lemma, `of` whom a noun is; `!`
//! before what is not so.

use super::*;
use crate::extract::{Context, place, specimen, time};
use crate::language::annotate;

fn show(text: &str) -> String {
    let document = specimen::document(text, "2024-10-25");
    let article = annotate(&document).compounded();
    let places = place::places(&article);
    let times = time::times(&article, Context::default());
    let of = |p: &Predicate, role: Role| {
        let one = |a: &Argument| match &a.name {
            Some(name) if a.span.of(text).ends_with(name.as_str()) || name.to_lowercase() == a.lemma => {
                name.clone()
            }
            Some(name) => format!("{} of {name}", a.lemma),
            None => a.lemma.clone(),
        };
        p.arguments.iter().filter(|a| a.role == role).map(one).collect::<Vec<_>>().join(", ")
    };
    let one = |p: &Predicate| {
        let not = if p.polarity == Polarity::Negative { "!" } else { "" };
        let parts = [Role::Subject, Role::Object, Role::Oblique].map(|r| of(p, r));
        format!("{not}{}({})", p.lemma, parts.join("; ").trim_end_matches("; "))
    };
    predicates(&article, &places, &times).iter().map(one).collect::<Vec<_>>().join(" ")
}

macro_rules! facts {
    ($($name:ident: $($text:literal => $shown:literal),+ $(,)?;)*) => {
        $(#[test] fn $name() { $(assert_eq!(show($text), $shown, "{}", $text);)+ })*
    };
}

facts! {
    passives_are_turned_round:
        "North Korea sent 3,000 troops to Russia." => "send(North Korea; troop; Russia)",
        "Troops were sent to Russia by North Korea." => "send(North Korea; troop; Russia)",
        "The soldiers killed by shelling came from Yemen." => "kill(shell; soldier) shell() come(soldier; ; Yemen)";
    what_a_clause_lends:
        "Police arrested and charged the man." => "arrest(police; man) charge(police; man)",
        "Iran fired missiles that hit Haifa." => "fire(Iran; missile) hit(missile; Haifa)";
    nouns_that_name_deeds:
        "The deployment of troops angered Seoul." => "deployment(; troop) anger(deployment; seoul of South Korea)",
        "Israel carried out an attack on Gaza." => "attack(Israel; Gaza)";
    infinitives_and_particles:
        "Moscow told the army to shut down the plant." => "tell(moscow of Russia; ; army) shut down(army; plant)",
        "The firm, which was bought by Google in 2010, denied the report." => "buy(Google; firm) deny(firm; report) report()";
    light:
        "The talks took place in Oslo." => "talk(; ; Oslo)",
        "The rebels suffered a defeat." => "defeat(; rebel)",
        "Israel’s attack on Gaza killed 1,200 people." => "attack(Israel; Gaza) kill(attack of Israel; people)";
    copulas:
        "The governor is dead." => "dead(governor)";
    negation:
        "Peru did not send ships." => "!send(Peru; ship)",
        "No troops were sent." => "!send(; troop)";
}
