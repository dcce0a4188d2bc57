//! One claim in, its chain out: "outlet > ... > name [sort role country]".

use super::*;
use crate::document::{
    Act, Block, BlockKind, Certainty, CertaintyLabel, Metadata, Polarity, Sentence, Stated,
};
use crate::span::Span;

/// A document of the given paragraphs; a sentence ends at a full stop before a space and a capital.
pub(crate) fn document(id: &str, outlet: Option<&str>, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut sentences = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if span.is_empty() {
            continue;
        }
        let mut from = span.start();
        let words: Vec<(usize, char)> = text[span.start()..span.end()].char_indices().collect();
        for pair in words.windows(3) {
            let abbreviation = text[..span.start() + pair[0].0].ends_with(char::is_uppercase);
            if matches!(pair[0].1, '.' | '”') && pair[1].1 == ' ' && pair[2].1.is_uppercase() && !abbreviation
            {
                let end = span.start() + pair[1].0;
                sentences.push(Sentence {
                    span: Span::new(from, end),
                    block: blocks.len() as u32,
                    first_token: 0,
                    last_token: 0,
                });
                from = end + 1;
            }
        }
        if from < span.end() {
            sentences.push(Sentence {
                span: Span::new(from, span.end()),
                block: blocks.len() as u32,
                first_token: 0,
                last_token: 0,
            });
        }
        blocks.push(Block { kind: BlockKind::Paragraph, span });
    }
    let mut tokens = Vec::new();
    for sentence in &mut sentences {
        sentence.first_token = tokens.len() as u32;
        let spans = crate::parse::tokens::tokenize(text, sentence.span);
        tokens.extend(spans.into_iter().map(|span| crate::document::Token { span }));
        sentence.last_token = tokens.len() as u32;
    }
    Document {
        id: id.to_owned(),
        tokens,
        text: text.to_owned(),
        metadata: Metadata {
            outlet: outlet.map(|o| Stated { value: o.to_owned(), span: None }),
            ..Metadata::default()
        },
        blocks,
        sentences,
        ..Document::default()
    }
}

/// Where `part` first stands in the text, from byte `from` on.
pub(crate) fn find(text: &str, part: &str, from: usize) -> Span {
    let at = text[from..].find(part).unwrap_or_else(|| panic!("{part:?} is not in the text")) + from;
    Span::new(at, at + part.len())
}

/// A claim from "source | cue | content"; each part is sought after the sentence's start given by `anchor`.
pub(crate) fn claim(document: &Document, anchor: &str, marked: &str) -> Claim {
    let text = &document.text;
    let from = find(text, anchor, 0).start();
    let parts: Vec<&str> = marked.split('|').map(str::trim).collect();
    let spans = |part: &str| if part == "-" { Vec::new() } else { vec![find(text, part, from)] };
    let (source, cue, content) = (spans(parts[0]), spans(parts[1]), spans(parts[2]));
    let at = content[0].start();
    let sentence = document.sentences.partition_point(|s| s.span.end() <= at);
    Claim {
        document: 0,
        sentence: sentence as u32,
        kind: if cue.is_empty() { Kind::Narrated } else { Kind::Indirect },
        source_spans: source,
        cue_spans: cue,
        content_spans: content,
        source: None,
        via: Vec::new(),
        act: Act::State,
        polarity: Polarity::Positive,
        certainty: Certainty { value: 2.2, cue: 2.2, content: 3.0, label: CertaintyLabel::Certain },
        quantities: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        predicates: Vec::new(),
        confidence: 1.0,
        rule: "test".to_owned(),
    }
}

/// "a > b > name [type role country]" for each claim.
fn chains(text: &str, marked: &[(&str, &str)]) -> Vec<String> {
    let document = document("d", Some("Herald"), text);
    let mut claims: Vec<Claim> = marked.iter().map(|(anchor, m)| claim(&document, anchor, m)).collect();
    resolve_all(&document, &mut claims);
    claims.iter().map(show).collect()
}

pub(crate) fn show(claim: &Claim) -> String {
    let mut out: Vec<String> = claim.via.iter().map(|v| v.name.clone()).collect();
    out.push(claim.source.as_ref().map_or_else(
        || "-".to_owned(),
        |s| {
            format!(
                "{} [{} {} {}]",
                s.name,
                s.source_type.as_str(),
                s.role.as_deref().unwrap_or("-"),
                s.country.as_deref().unwrap_or("-")
            )
        },
    ));
    out.join(" > ")
}

#[test]
fn narrated_claims_are_the_outlets() {
    let got = chains("The bridge fell.", &[("The", "- | - | The bridge fell")]);
    assert_eq!(got, ["Herald [outlet - -]"]);
}

#[test]
fn surnames_titles_and_pronouns() {
    let text = "Peru has summoned the Chilean ambassador, Marta Ruiz, over the ships. Peru’s Deputy Interior \
                Minister Ana Soto said the ships must leave.\nRuiz’s comments after the meeting suggested calm. However, \
                that raised questions about what the ambassador meant. Notably, she did not confirm the report. Deputy \
                Minister Soto added that time was short.";
    let got = chains(
        text,
        &[
            ("Peru’s Deputy", "Peru’s Deputy Interior Minister Ana Soto | said | the ships must leave"),
            ("Ruiz’s comments", "Ruiz’s comments after the meeting | suggested | calm"),
            ("Notably", "she | did not confirm | the report"),
            ("Deputy Minister Soto", "Deputy Minister Soto | added | that time was short"),
        ],
    );
    assert_eq!(
        got,
        [
            "Herald > Ana Soto [person Deputy Interior Minister PE]",
            "Herald > Marta Ruiz [person ambassador CL]",
            "Herald > Marta Ruiz [person ambassador CL]",
            "Herald > Ana Soto [person Deputy Interior Minister PE]",
        ]
    );
}

#[test]
fn namesakes_stay_apart() {
    let text = "Vice Foreign Minister Kim Hong-kyun met envoys. Defense Minister Kim Yong-hyun was in Washington. Both \
                watch Kim Jong Un closely.\nVice Minister Kim said talks went on. Minister Kim said no more.";
    let got = chains(
        text,
        &[
            ("Vice Minister Kim", "Vice Minister Kim | said | talks went on"),
            ("Minister Kim said no", "Minister Kim | said | no more"),
        ],
    );
    assert_eq!(
        got,
        ["Herald > Kim Hong-kyun [person Vice Foreign Minister -]", "Herald > Kim [person Minister -]"]
    );
}

#[test]
fn an_administrations_president_is_known() {
    let text = "Under President Ilse Marr’s administration, aid grew. President Marr hinted at more. She said, “We will help.”";
    let got = chains(
        text,
        &[("President Marr", "President Marr | hinted | at more"), ("She said", "She | said | We will help")],
    );
    assert_eq!(got, ["Herald > Ilse Marr [person President -]"; 2]);
}

#[test]
fn appositions_introduce() {
    let text = "Ian Falk, founder of the Northern Group, noted a shift. The talks went on. Falk reflected on this, saying “it is new.”";
    let got = chains(text, &[("Falk reflected", "Falk | saying | it is new")]);
    assert_eq!(got, ["Herald > Ian Falk [person founder of the Northern Group -]"]);
}

#[test]
fn titles_are_no_part_of_names_behind_a_role() {
    let text = "The director of the hospital, Dr. Ines Calder, said nine had died. Calder warned of more.";
    let got = chains(
        text,
        &[
            ("The director", "The director of the hospital, Dr. Ines Calder, | said | nine had died"),
            ("Calder warned", "Calder | warned of | more"),
        ],
    );
    assert!(got.iter().all(|c| c.contains("> Ines Calder [person")), "{got:?}");
}

#[test]
fn words_inside_words_are_passed_on() {
    let text = "Chilean President Luis Mora announced, “We estimate the first ships sail soon.” The agency Reuters said police told it the road was shut.";
    let got = chains(
        text,
        &[
            ("Chilean", "Chilean President Luis Mora | announced | We estimate the first ships sail soon"),
            ("We estimate", "We | estimate | the first ships sail soon"),
            ("The agency", "Reuters | said | police told it the road was shut"),
            ("police told", "police | told | the road was shut"),
        ],
    );
    assert_eq!(
        got,
        [
            "Herald > Luis Mora [person President CL]",
            "Herald > Luis Mora [person President CL]",
            "Herald > Reuters [media - -]",
            "Herald > Reuters > police [government - -]",
        ]
    );
}

#[test]
fn evidence_without_an_owner_is_the_givers() {
    let text = "Peru’s intelligence agency has reported a redeployment of troops, with estimates suggesting that 900 were sent. Initial \
                reports suggest rain.";
    let got = chains(
        text,
        &[
            ("Peru’s", "Peru’s intelligence agency | reported | a redeployment of troops"),
            ("with estimates", "estimates | suggesting | that 900 were sent"),
            ("Initial", "Initial reports | suggest | rain"),
        ],
    );
    assert_eq!(
        got,
        [
            "Herald > Peruvian intelligence agency [government - PE]",
            "Herald > Peruvian intelligence agency [government - PE]",
            "Herald > initial reports [document - -]",
        ]
    );
}

#[test]
fn bodies_are_called_back() {
    let text = "Peru’s National Police Service said two men fled. The service said more would follow. The Center for Port Studies (CPS) \
                warned of delays. CPS said ports were full. The ministry kept silent.";
    let got = chains(
        text,
        &[
            ("The service", "The service | said | more would follow"),
            ("CPS said", "CPS | said | ports were full"),
            ("The ministry", "The ministry | kept | silent"),
        ],
    );
    assert_eq!(
        got,
        [
            "Herald > National Police Service [organization - PE]",
            "Herald > Center for Port Studies [organization - -]",
            "Herald > ministry [government - -]",
        ]
    );
}

fn unified(articles: &[(&str, &str)]) -> Vec<String> {
    let documents: Vec<Document> =
        articles.iter().enumerate().map(|(i, (text, _))| document(&format!("{i}"), None, text)).collect();
    let mut claims = Vec::new();
    for (i, (_, marked)) in articles.iter().enumerate() {
        let mut one = vec![claim(&documents[i], "", marked)];
        resolve_all(&documents[i], &mut one);
        one[0].document = i as u32;
        claims.append(&mut one);
    }
    corpus(&documents, &mut claims);
    claims.iter().filter_map(|c| Some(c.source.as_ref()?.name.clone())).collect()
}

#[test]
fn different_people_keep_their_names() {
    let got = unified(&[
        ("Minister Kim Hong-kyun said yes.", "Minister Kim Hong-kyun | said | yes"),
        ("Minister Kim Yong-hyun said no.", "Minister Kim Yong-hyun | said | no"),
        ("Minister Kim said maybe.", "Minister Kim | said | maybe"),
        ("John Brown said yes.", "John Brown | said | yes"),
        ("Joan Brown said no.", "Joan Brown | said | no"),
    ]);
    assert_eq!(got, ["Kim Hong-kyun", "Kim Yong-hyun", "Kim", "John Brown", "Joan Brown"]);
}

#[test]
fn one_person_has_one_name() {
    let got = unified(&[
        (
            "Ukrainian President Volodymyr Zelenskiy said yes.",
            "Ukrainian President Volodymyr Zelenskiy | said | yes",
        ),
        (
            "Ukrainian President Volodymyr Zelenskyy said no.",
            "Ukrainian President Volodymyr Zelenskyy | said | no",
        ),
        ("President Zelenskyy said so.", "President Zelenskyy | said | so"),
        ("South Korean President Yoon Suk Yeol said it.", "South Korean President Yoon Suk Yeol | said | it"),
        ("President Yoon Suk-yeol said it.", "President Yoon Suk-yeol | said | it"),
        ("President Yoon said it.", "President Yoon | said | it"),
    ]);
    assert_eq!(got[..3], ["Volodymyr Zelenskiy"; 3]);
    assert_eq!(got[3..], ["Yoon Suk Yeol"; 3]);
}

#[test]
fn brothers_and_namesakes_are_not_one() {
    let got = unified(&[
        ("Kyiv Mayor Vitali Klitschko said yes.", "Kyiv Mayor Vitali Klitschko | said | yes"),
        ("Businessman Wladimir Klitschko said no.", "Businessman Wladimir Klitschko | said | no"),
        ("Klitschko said maybe.", "Klitschko | said | maybe"),
        ("U.S. Senator John Brown said yes.", "U.S. Senator John Brown | said | yes"),
        ("U.S. Senator Joan Brown said no.", "U.S. Senator Joan Brown | said | no"),
        ("North Korean leader Kim Jong Un said yes.", "North Korean leader Kim Jong Un | said | yes"),
        ("North Korean leader Kim Jong Il said no.", "North Korean leader Kim Jong Il | said | no"),
    ]);
    assert_eq!(
        got,
        [
            "Vitali Klitschko",
            "Wladimir Klitschko",
            "Klitschko",
            "John Brown",
            "Joan Brown",
            "Kim Jong Un",
            "Kim Jong Il"
        ]
    );
}

#[test]
fn renderings_of_one_name_need_the_same_office() {
    let got = unified(&[
        ("Libyan leader Muammar Gaddafi said yes.", "Libyan leader Muammar Gaddafi | said | yes"),
        ("Libyan leader Moammar Qadhafi said no.", "Libyan leader Moammar Qadhafi | said | no"),
        ("South Korean President Lee Jae-myung said so.", "South Korean President Lee Jae-myung | said | so"),
        (
            "South Korean President Lee Jae-myeong said it.",
            "South Korean President Lee Jae-myeong | said | it",
        ),
        ("South Korean singer Lee Jae-myeung said hm.", "South Korean singer Lee Jae-myeung | said | hm"),
    ]);
    assert_eq!(got[0], got[1]);
    assert_eq!(got[2], got[3]);
    assert_ne!(got[2], got[4]);
}

#[test]
fn an_office_is_whoever_holds_it() {
    let office = "South Korea’s Vice Foreign Minister said yes.";
    let got = unified(&[
        (office, "South Korea’s Vice Foreign Minister | said | yes"),
        (
            "South Korea’s Vice Foreign Minister Kim Hong-kyun said no.",
            "South Korea’s Vice Foreign Minister Kim Hong-kyun | said | no",
        ),
        ("Japan’s Vice Foreign Minister said maybe.", "Japan’s Vice Foreign Minister | said | maybe"),
        ("South Korea’s Foreign Minister said hm.", "South Korea’s Foreign Minister | said | hm"),
    ]);
    assert_eq!(got[..2], ["Kim Hong-kyun"; 2]);
    assert_eq!(got[2..], ["Japan’s Vice Foreign Minister", "South Korea’s Foreign Minister"]);
}

#[test]
fn two_holders_leave_an_office_open() {
    let got = unified(&[
        ("Peru’s Prime Minister said yes.", "Peru’s Prime Minister | said | yes"),
        ("Peru’s Prime Minister Ana Soto said no.", "Peru’s Prime Minister Ana Soto | said | no"),
        ("Peru’s Prime Minister Ivo Falk said it.", "Peru’s Prime Minister Ivo Falk | said | it"),
    ]);
    assert_eq!(got[0], "Peru’s Prime Minister");
}

#[test]
fn initials_and_descriptions_are_one_body() {
    let got = unified(&[
        (
            "South Korea’s National Intelligence Service said yes.",
            "South Korea’s National Intelligence Service | said | yes",
        ),
        ("The NIS said no.", "The NIS | said | no"),
        ("South Korea’s spy agency said so.", "South Korea’s spy agency | said | so"),
        ("The NSC said hm.", "The NSC | said | hm"),
    ]);
    assert_eq!(got[..3], ["National Intelligence Service"; 3]);
    assert_eq!(got[3], "NSC");
}

#[test]
fn a_state_is_no_country() {
    let got = chains(
        "Georgia Governor Ana Soto said yes. Georgia’s Prime Minister Ivo Falk said no.",
        &[
            ("Georgia Governor", "Georgia Governor Ana Soto | said | yes"),
            ("Georgia’s", "Georgia’s Prime Minister Ivo Falk | said | no"),
        ],
    );
    assert_eq!(
        got,
        ["Herald > Ana Soto [person Governor US]", "Herald > Ivo Falk [person Prime Minister GE]"]
    );
}

#[test]
fn pronouns_that_could_be_two_are_left_open() {
    let text = "Ruiz and Falk came. They left. It said nothing, but he said it was late.";
    let got = chains(text, &[("he said", "he | said | it was late")]);
    assert_eq!(got, ["Herald > -"]);
}

#[test]
fn he_is_the_subject_not_the_last_name() {
    let text = "Mayor Peter Falk met Robert Ruiz, a baker. He said the bread was good.";
    let got = chains(text, &[("He said", "He | said | the bread was good")]);
    assert_eq!(got, ["Herald > Peter Falk [person Mayor -]"]);
}

#[test]
fn he_is_not_whom_his_words_name() {
    let text = "Mayor Peter Falk opened the bridge. “Robert Ruiz built it,” he said.";
    let got = chains(text, &[("“Robert", "he | said | Robert Ruiz built it")]);
    assert_eq!(got, ["Herald > Peter Falk [person Mayor -]"]);
}

#[test]
fn gender_tells() {
    let text =
        "Governor Maria Lenz met Robert Ruiz on Monday. He said the talks were good. She said they were not.";
    let got = chains(
        text,
        &[("He said", "He | said | the talks were good"), ("She said", "She | said | they were not")],
    );
    assert_eq!(got, ["Herald > Robert Ruiz [person - -]", "Herald > Maria Lenz [person Governor -]"]);
}

#[test]
fn interviews_have_an_i_and_a_you() {
    let text = "Ana Ruiz: Do you think ships float?\nIvo Falk: I think they do.\nAna Ruiz: Why?\nIvo Falk: You know why.";
    let got = chains(
        text,
        &[
            ("Do you", "you | think | ships float"),
            ("I think", "I | think | they do"),
            ("You know", "You | know | why"),
        ],
    );
    let names: Vec<&str> = got.iter().map(|g| g.split(" [").next().unwrap_or(g)).collect();
    assert_eq!(names, ["Herald > Ivo Falk", "Herald > Ivo Falk", "Herald > -"]);
}

#[test]
fn the_pair_are_the_two_named_together() {
    let text = "Ana Ruiz and Robert Falk sailed on Monday. The pair said the sea was calm.";
    let got = chains(text, &[("The pair", "The pair | said | the sea was calm")]);
    assert_eq!(got, ["Herald > Ana Ruiz and Robert Falk [collective - -]"]);
}

#[test]
fn the_newspaper_and_the_company() {
    let text = "The Daily Bugle wrote on Monday of a fire. The newspaper said two men died. Acme Corporation closed a plant. \
                The company said it was old.";
    let got = chains(
        text,
        &[
            ("The newspaper", "The newspaper | said | two men died"),
            ("The company", "The company | said | it was old"),
        ],
    );
    assert_eq!(got, ["Herald > Daily Bugle [media - -]", "Herald > Acme Corporation [organization - -]"]);
}

#[test]
fn a_chain_has_one_link_a_level() {
    let text = "According to Yonhap, the National Intelligence Service said that defectors reported that prices rose.";
    let got = chains(
        text,
        &[
            (
                "According",
                "Yonhap | According to | the National Intelligence Service said that defectors reported that prices rose",
            ),
            (
                "the National",
                "the National Intelligence Service | said | that defectors reported that prices rose",
            ),
            ("defectors", "defectors | reported | that prices rose"),
        ],
    );
    assert_eq!(
        got,
        [
            "Herald > Yonhap [media - -]",
            "Herald > Yonhap > National Intelligence Service [government - -]",
            "Herald > Yonhap > National Intelligence Service > defectors [collective - -]",
        ]
    );
}

#[test]
fn what_was_left_open_is_told() {
    let text = "It rained. He said so.";
    let document = document("d", None, text);
    let annotated = crate::language::annotate(&document);
    let mut claims = vec![claim(&document, "He said", "He | said | so")];
    let open = super::article(&annotated, &mut claims);
    assert_eq!(open.len(), 1);
    assert!(claims[0].source.is_none() && open[0].why.contains("“he”"), "{open:?}");
}

#[test]
fn a_description_is_the_only_body_it_fits() {
    let got = unified(&[
        (
            "According to Peru’s Central Security Service, 9 came.",
            "Peru’s Central Security Service | According to | 9 came",
        ),
        ("Peru’s intelligence agency said 9 came.", "Peru’s intelligence agency | said | 9 came"),
        ("Chile’s spy agency said 9 came.", "Chile’s spy agency | said | 9 came"),
        ("Lima said 9 came.", "Lima | said | 9 came"),
        ("The Peruvian government said 9 came.", "The Peruvian government | said | 9 came"),
    ]);
    assert_eq!(
        got,
        ["Central Security Service", "Central Security Service", "Chilean spy agency", "Peru", "Peru"]
    );
}

#[test]
fn nothing_panics() {
    for text in ["", "\0", "’s ’s", "🙂 said 🙂", "the the the", "Kim", "A. B. C, D, (E) (FF)"] {
        let document = document("x", None, text);
        let mut claims = Vec::new();
        if let Some(c) = text.chars().next() {
            let part = c.to_string();
            claims.push(claim(&document, "", &format!("{part} | {part} | {part}")));
        }
        resolve_all(&document, &mut claims);
        corpus(&[document], &mut claims);
    }
}

pub(crate) fn resolve_all(document: &Document, claims: &mut [Claim]) {
    let annotated = crate::language::annotate(document);
    super::article(&annotated, claims);
}

#[test]
fn participants_bear_the_names_that_the_article_knows() {
    let text = "Marta Ruiz, the ambassador, arrived in Lima. She met the minister. Ruiz left on Monday.";
    let document = crate::extract::specimen::document(text, "");
    let article = crate::language::annotate(&document);
    let mut claims = crate::extract::claims(&article, crate::extract::Context::default());
    super::article(&article, &mut claims);
    let who: Vec<_> = claims
        .iter()
        .flat_map(|c| &c.predicates)
        .filter_map(|p| Some((p.lemma.as_str(), p.arguments.first()?.name.as_deref()?)))
        .collect();
    assert_eq!(who, [("arrive", "Marta Ruiz"), ("meet", "Marta Ruiz"), ("leave", "Marta Ruiz")]);
}
