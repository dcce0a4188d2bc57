//! "form sort | name | role | country" of mentions.

use super::*;

/// "sort | name | role | country" of a mention.
fn show(surface: &str) -> String {
    let m = read(surface).expect("has words");
    let role = m.role.as_deref().unwrap_or("-");
    format!(
        "{:?} {} | {} | {} | {}",
        m.form,
        m.sort.as_str(),
        m.name,
        role,
        m.country.map_or("-", |c| c.code)
    )
}

fn check(cases: &[(&str, &str)]) {
    for (surface, expected) in cases {
        assert_eq!(&show(surface), expected, "{surface}");
    }
}

#[test]
fn people() {
    check(&[
        (
            "South Korea’s Vice Foreign Minister Kim Hong-kyun",
            "Person person | Kim Hong-kyun | Vice Foreign Minister | KR",
        ),
        ("Ukrainian President Volodymyr Zelenskiy", "Person person | Volodymyr Zelenskiy | President | UA"),
        (
            "Ian Bremmer, founder of the Eurasia Group,",
            "Person person | Ian Bremmer | founder of the Eurasia Group | -",
        ),
        ("the Russian ambassador, Georgiy Zinoviev", "Person person | Georgiy Zinoviev | ambassador | RU"),
        (
            "Valeriy Ryabykh, editor of the Ukrainian publication Defence Express",
            "Person person | Valeriy Ryabykh | editor of the Ukrainian publication Defence Express | UA",
        ),
        (
            "Chinese foreign ministry spokesperson Lin Jian",
            "Person person | Lin Jian | foreign ministry spokesperson | CN",
        ),
        (
            "National Security Council spokesman John Kirby",
            "Person person | John Kirby | National Security Council spokesman | -",
        ),
        ("NATO Secretary-General Mark Rutte", "Person person | Mark Rutte | NATO Secretary-General | -"),
        ("Secretary of State Antony Blinken", "Person person | Antony Blinken | Secretary of State | -"),
        ("former U.S. President Donald Trump", "Person person | Donald Trump | former President | US"),
        ("Vice Minister Kim", "Person person | Kim | Vice Minister | -"),
        ("Mr. Ruiz", "Person person | Ruiz | - | -"),
        ("Kirby", "Person person | Kirby | - | -"),
        (
            "North Korea's Foreign Minister Choe Son Hui",
            "Person person | Choe Son Hui | Foreign Minister | KP",
        ),
        ("Zinoviev’s comments following the meeting", "Person person | Zinoviev | - | -"),
        ("the ambassador", "Role person | ambassador | ambassador | -"),
        (
            "South Korea’s defense minister",
            "Role person | South Korea’s defense minister | defense minister | KR",
        ),
        ("Ursula von der Leyen", "Person person | Ursula von der Leyen | - | -"),
    ]);
}

#[test]
fn governments_and_bodies() {
    check(&[
        ("Pyongyang", "State government | North Korea | - | KP"),
        ("The South Korean government", "State government | South Korea | - | KR"),
        ("the government of Japan", "State government | Japan | - | JP"),
        ("South Korea", "State government | South Korea | - | KR"),
        ("Chile, which shares the border,", "State government | Chile | - | CL"),
        ("The United States and Japan", "State government | United States and Japan | - | -"),
        ("the Kremlin", "Body government | Kremlin | - | RU"),
        (
            "South Korea’s National Intelligence Service",
            "Body government | National Intelligence Service | - | KR",
        ),
        ("South Korea’s intelligence agency", "Body government | South Korean intelligence agency | - | KR"),
        ("South Korean intelligence", "Body government | South Korean intelligence | - | KR"),
        ("Russia’s Defence Ministry", "Body government | Russian Defence Ministry | - | RU"),
        ("the Ministry of Defence", "Body government | Ministry of Defence | - | -"),
        ("the ministry", "Body government | ministry | - | -"),
        ("the Eurasia Group", "Body organization | Eurasia Group | - | -"),
        (
            "the Center for Strategic and International Studies (CSIS)",
            "Body organization | Center for Strategic and International Studies | - | -",
        ),
        ("NATO", "Body organization | NATO | - | -"),
        ("Hamas", "Body organization | Hamas | - | -"),
    ]);
}

#[test]
fn media_and_papers() {
    check(&[
        ("The Korea Times", "Body media | Korea Times | - | -"),
        ("NK News", "Body media | NK News | - | -"),
        ("Reuters", "Body media | Reuters | - | -"),
        ("Reports from South Korean media", "Body media | South Korean media | - | KR"),
        (
            "initial reports from South Korean intelligence",
            "Body government | South Korean intelligence | - | KR",
        ),
        (
            "intelligence reports from the United States and South Korea",
            "Paper document | intelligence reports from the United States and South Korea | - | -",
        ),
        ("Various news sources", "Body media | various news sources | - | -"),
        ("Intelligence", "Paper document | intelligence | - | -"),
        ("Recent media reports", "Paper media | recent media reports | - | -"),
        ("estimates", "Paper document | estimates | - | -"),
        ("Reports of looting", "Paper document | reports of looting | - | -"),
        (
            "Video evidence shared by the Ukrainian government",
            "Paper document | video evidence shared by the Ukrainian government | - | UA",
        ),
    ]);
    assert!(read("initial reports").expect("words").ownerless);
    assert!(!read("a report by the UN").expect("words").ownerless);
}

#[test]
fn the_nameless() {
    check(&[
        ("Western officials", "Group unnamed | Western officials | - | -"),
        ("U.S. officials", "Group unnamed | U.S. officials | - | US"),
        ("U.S. and Ukrainian officials", "Group unnamed | U.S. and Ukrainian officials | - | -"),
        ("a source familiar with the matter", "Group unnamed | source familiar with the matter | - | -"),
        ("people familiar with the talks", "Group unnamed | people familiar with the talks | - | -"),
        ("analysts", "Group collective | analysts | - | -"),
        ("military experts", "Group collective | military experts | - | -"),
        (
            "a spokesman for the ministry",
            "Group unnamed | spokesman for the ministry | spokesman for the ministry | -",
        ),
        ("He", "Pronoun unnamed | he | - | -"),
    ]);
}

#[test]
fn nothing_panics() {
    for text in
        ["", "’s", "the", "The ’s", "🙂", "\0", "of", "a of", "Minister", "Minister of", ", ,", "’s comments"]
    {
        let _ = read(text);
    }
    let _ = read(&"x".repeat(10_000));
    let _ = read(&"Kim ".repeat(10_000));
}
