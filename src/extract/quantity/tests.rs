//! One-line facts: the figures of a sentence, in brackets.
//!
//! `[>=1000 soldier of North Korea, additional | send @Kursk region]`: relation and number (or `low..high`), unit
//! unless it is a count, counted lemma, whose, change, the whole of a part; after the bar the predicate (`?`:
//! hypothetical) and the place.

use super::*;
use crate::document::Relation;
use crate::extract::{place, specimen};
use crate::language::annotate;

fn number(v: f64) -> String {
    format!("{v}")
}

fn show(q: &Quantity, frame: bool) -> String {
    let mut out = String::from("[");
    let value = match (q.value, q.low, q.high) {
        (Some(v), ..) => number(v),
        (None, low, high) => {
            format!("{}..{}", low.map(number).unwrap_or_default(), high.map(number).unwrap_or_default())
        }
    };
    let relation = match q.relation {
        Relation::Equal | Relation::Range => "",
        r => r.as_str(),
    };
    out += relation;
    if q.approximate && q.relation != Relation::About {
        out += "~";
    }
    out += &value;
    if q.unit != "count" {
        out += &format!(" {}", q.unit);
    }
    if let Some(c) = &q.counted {
        out += &format!(" {}", c.lemma);
        if let Some(whose) = &c.whose {
            out += &format!(" of {whose}");
        }
    }
    if let Some(change) = q.change {
        out += &format!(", {}", change.as_str());
    }
    if let Some(p) = &q.partitive {
        out += &format!(", part of {}", p.value.map(number).unwrap_or_default());
    }
    if frame {
        let f = &q.frame;
        if f.predicate.is_some() || f.place.is_some() || f.hypothetical {
            out += &format!(" | {}", f.predicate.as_deref().unwrap_or("-"));
            if f.hypothetical {
                out += "?";
            }
            if let Some(p) = &f.place {
                out += &format!(" @{p}");
            }
        }
    }
    out + "]"
}

fn found(text: &str, frame: bool) -> String {
    let document = specimen::document(text, "");
    let article = annotate(&document).compounded();
    let places = place::places(&article);
    let quantities = quantities(&article, &places, &[]);
    quantities.iter().map(|q| show(q, frame)).collect::<Vec<_>>().join(" ")
}

/// Figures without their frames.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text, false), expected, "{text}");
}

/// Figures with their frames.
#[track_caller]
fn check_frame(text: &str, expected: &str) {
    assert_eq!(found(text, true), expected, "{text}");
}

#[test]
fn no_figures() {
    for text in [
        "",
        "The war began in 2022.",
        "It happened on October 29, 2023, in Moscow.",
        "Talks are planned for 26 October 2024 at 10:30 a.m.",
        "He arrived at 5 p.m. on Monday.",
        "The 1st Battalion of the 155th Brigade left first.",
        "A Boeing 737 landed at the airport.",
        "Flight MH17 was shot down.",
        "They drove along Highway 61 to Room 101.",
        "After 9/11 the G7 met in Canada.",
        "Storm Shadow 2 is a missile.",
        "No one was hurt, and one of the men fled.",
        "One must not forget that.",
        "It was the one that we feared.",
        "Call 555-1234 or 02-555-1234 now.",
        "Arsenal won 3-1 on Saturday.",
        "The court ruled 5 to 4 against them.",
        "See section 4 and article 5 of the treaty.",
        "The 2024 election was close.",
        "In the 1990s the plant was closed.",
        "The two leaders met, and these three men stood by.",
        "The two Koreas are divided.",
        "World War 2 ended in 1945.",
        "Resolution 2270 was adopted by the council.",
        "Unit 731 was notorious.",
        "It is 24/7 work.",
        "She flew in an F-16 and a MiG-29.",
        "Two days later, they met again.",
        "It ended three years ago.",
        "The third quarter of 2024 was bad.",
        "COVID-19 spread in the city.",
        "The site is https://example.com/2024/10/25/story.",
        "Over the past two weeks, tensions have grown.",
        "From 1914 to 1918 there was war.",
    ] {
        check(text, "");
    }
}

#[test]
fn counts() {
    check("The army lost 1,500 soldiers.", "[1500 soldier]");
    check("Three soldiers were wounded.", "[3 soldier]");
    check("One soldier was killed.", "[1 soldier]");
    check("Some 2.5 million people fled.", "[~2500000 people]");
    check("About 1.2m people live there.", "[~1200000 people]");
    check("Two and a half million refugees crossed.", "[2500000 refugee]");
    check("Dozens of tanks were lost.", "[~24..96 tank]");
    check("Hundreds of thousands of people marched.", "[~200000..999999 people]");
    check("A few thousand troops may not matter.", "[~2000..9000 troop]");
    check("Several hundred young, untrained recruits arrived.", "[~300..900 recruit]");
    check("The city has half a million inhabitants.", "[500000 inhabitant]");
    check("Police arrested twenty-five protesters.", "[25 protester]");
    check("A 10,000-strong force crossed the border.", "[10000 force]");
    check("They face 3,000 to 4,000 men.", "[3000..4000 man]");
    check("Between 1,500 and 2,000 soldiers were seen.", "[1500..2000 soldier]");
    check("Between 2 and 3 million shells were sent.", "[2000000..3000000 shell]");
    check("Two or three drones fell on the roof.", "[2..3 drone]");
    check("At least 2000 soldiers have arrived.", "[>=2000 soldier]");
}

#[test]
fn decimal_commas() {
    check("It has 1,300 inhabitants.", "[1300 inhabitant]");
    check("It cost 1,3 million euros.", "[1300000 EUR]");
    check("It cost €2,75 to park.", "[2.75 EUR]");
    check("The dam is 2,75 km long.", "[2.75 km]");
    check("Prices rose 0,5 % in May.", "[0.5 % price, up]");
}

#[test]
fn members() {
    check("The 12-member council met.", "[12 member]");
    check("A 10,000-strong force crossed the border.", "[10000 force]");
    check("Inflation fell below 3 percent.", "[<3 % inflation, fell_to]");
}

#[test]
fn bounds() {
    check("At least 3,000 soldiers came.", "[>=3000 soldier]");
    check("As many as 12,000 soldiers may go.", "[<=12000 soldier]");
    check("Up to 10,000 shells a day were fired.", "[<=10000 /d shell]");
    check("More than 600 people died.", "[>600 people]");
    check("Over 600 people died.", "[>600 people]");
    check("Fewer than 50 tanks remain.", "[<50 tank]");
    check("No more than 50 tanks remain.", "[<=50 tank]");
    check("Nearly 12,000 soldiers are there.", "[~12000 soldier]");
    check("Approximately 1,500 troops landed.", "[~1500 troop]");
    check("Just over 200 villages were taken.", "[>~200 village]");
    check("An estimated 4,000 fighters remain.", "[~4000 fighter]");
    check("A minimum of 40 schools were hit.", "[>=40 school]");
    check("No fewer than 40 schools were hit.", "[>=40 school]");
    check("At least some 500 men surrendered.", "[>=~500 man]");
    check("There were 500 or more protesters.", "[>=500 protester]");
    check("He took over 5 towns.", "[5 town]");
    check("The toll is 30 or so people.", "[~30 people]");
    check("Only 40 soldiers returned.", "[40 soldier]");
}

#[test]
fn units() {
    check("The city lies 7,300 kilometers away.", "[7300 km]");
    check("A 7,300-kilometer railway was planned.", "[7300 km]");
    check("Sales fell 5.5 percent.", "[5.5 % sale, down]");
    check("Prices rose 10-15% in a year.", "[10..15 % price, up]");
    check("Unemployment rose to 7 per cent.", "[7 % unemployment, rose_to]");
    check("The package is worth $2.5 billion.", "[2500000000 USD package]");
    check("It cost €1.2bn to build.", "[1200000000 EUR]");
    check("It cost US$300 million to build.", "[300000000 USD]");
    check("The fine was 5 million euros.", "[5000000 EUR fine]");
    check("They paid 100 billion won for it.", "[100000000000 KRW]");
    check("Washington sent $60 billion in military aid.", "[60000000000 USD aid of United States]");
    check("They fired 155mm shells at the town.", "[155 mm]");
    check("It carried 20 tons of grain.", "[20 t grain]");
    check("It was 40 degrees Celsius in the shade.", "[40 Cel]");
    check("A 42-year-old man was arrested.", "[42 a]");
    check("He served for 15 years.", "[15 a]");
    check("A third of the soldiers deserted.", "[33.3333 % soldier]");
    check("Half of the men were sick.", "[50 % man]");
    check("One in five residents left.", "[20 % resident]");
    check("The rate rose by 0.25 percentage points.", "[0.25 pp rate, up]");
    check("Shares rose 3.5% to $58.24.", "[3.5 % share, up] [58.24 USD share, rose_to]");
    check("About 30% of voters stayed at home.", "[~30 % voter]");
    check("It hit between $1.5 and $2 billion.", "[1500000000..2000000000 USD]");
}

#[test]
fn changes() {
    check("At least 1,000 additional soldiers have been sent.", "[>=1000 soldier, additional]");
    check("Another 1,000 soldiers have been sent.", "[1000 soldier, additional]");
    check("They sent 1,000 more troops.", "[1000 troop, additional]");
    check("An additional 500 police officers were called.", "[500 officer, additional]");
    check("The force grew by 3,000 men.", "[3000 man, up]");
    check("The garrison was cut by 200 soldiers.", "[200 soldier, down]");
    check("It was a drop of 12%.", "[12 %, down]");
    check("The index was down 2%.", "[2 % index, down]");
}

#[test]
fn owners() {
    check("About 1,500 North Korean soldiers are there.", "[~1500 soldier of North Korea]");
    check("North Korea has sent 3,000 soldiers to Russia.", "[3000 soldier of North Korea]");
    check("Some 3,000 soldiers from North Korea have arrived.", "[~3000 soldier of North Korea]");
    check("Ukraine says that Russia lost 1,000 soldiers.", "[1000 soldier of Russia]");
    check("North Korea’s 11,000 troops are in Kursk.", "[11000 troop of North Korea]");
    check("Pyongyang is said to rotate its 11,000 troops.", "[11000 troop of North Korea]");
    check(
        "Seoul reported a rotation of North Korean troops, and said at least 1,000 soldiers were new.",
        "[>=1000 soldier of North Korea]",
    );
    check(
        "Officials fear that the number of North Korean troops could grow to as many as 12,000.",
        "[<=12000 troop of North Korea, rose_to]",
    );
    check(
        "At least 3,000 North Korean soldiers are in the east, with total troop numbers possibly reaching as high as 12,000.",
        "[>=3000 soldier of North Korea] [<=12000 troop of North Korea]",
    );
    check(
        "North Korea sent 3,000 soldiers in October. As many as 12,000 could follow.",
        "[3000 soldier of North Korea] [<=12000 soldier of North Korea]",
    );
}

#[test]
fn parts() {
    check("Around 1,000 of the country’s 11,000 troops died.", "[~1000 troop, part of 11000] [11000 troop]");
    check(
        "North Korea grieves: around 1,000 of its 11,000 troops died.",
        "[~1000 troop of North Korea, part of 11000] [11000 troop of North Korea]",
    );
    check("Half of the 600 prisoners were freed.", "[50 % prisoner, part of 600] [600 prisoner]");
}

#[test]
fn frames() {
    check_frame(
        "North Korea has sent 3,000 soldiers to Russia for training.",
        "[3000 soldier of North Korea | send @Russia]",
    );
    check_frame(
        "Spies in Seoul said at least 1,000 additional soldiers have been sent to the Kursk region.",
        "[>=1000 soldier, additional | send @Kursk region]",
    );
    check_frame(
        "Roughly 1,500 North Korean soldiers, including members of special forces, have arrived in Russia.",
        "[~1500 soldier of North Korea | arrive @Russia]",
    );
    check_frame(
        "Reports say that as many as 12,000 North Korean soldiers could be deployed.",
        "[<=12000 soldier of North Korea | deploy?]",
    );
    check_frame(
        "North Korea has lost men. Around 1,000 of the country’s 11,000 troops sent to aid Russia have been killed.",
        "[~1000 troop of North Korea, part of 11000 | kill] [11000 troop of North Korea | send @Russia]",
    );
    check_frame(
        "The number of North Korean troops could rise to as many as 12,000.",
        "[<=12000 troop of North Korea, rose_to | rise?]",
    );
    check_frame(
        "Reports confirm the deployment of thousands of North Korean troops to Russia.",
        "[~2000..9999 troop of North Korea | deploy @Russia]",
    );
    check_frame(
        "At least 3,000 soldiers were dispatched to bases in Russia’s Far East.",
        "[>=3000 soldier | dispatch @Russian Far East]",
    );
    check_frame(
        "Pyongyang plans to send 10,000 troops to Russia.",
        "[10000 troop of North Korea | send? @Russia]",
    );
    check_frame("Some 40 people were killed in Kharkiv.", "[~40 people | kill @Kharkiv]");
    check_frame("In Kharkiv, 40 people were killed.", "[40 people | kill @Kharkiv]");
    check_frame("The blast killed 40 people in Kharkiv.", "[40 people | kill @Kharkiv]");
    check_frame(
        "About 500 soldiers are expected to be deployed to Poland.",
        "[~500 soldier | deploy? @Poland]",
    );
    check_frame("It would be grave if 10,000 troops entered Ukraine.", "[10000 troop | enter?]");
}
#[test]
fn dump_tokens() {
    let Ok(path) = std::env::var("TOKS") else { return };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let document = specimen::document(line, "");
        let article = annotate(&document).compounded();
        let t: Vec<String> =
            (0..article.len()).map(|i| format!("{}/{}", article.word(i), article.tag(i).as_str())).collect();
        println!("DUMP {}", t.join("  "));
    }
}
