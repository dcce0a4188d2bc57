//! `text | value | what is written with it` of the number that a text begins with.

use super::*;
use crate::extract::specimen;
use crate::language::annotate;

#[track_caller]
fn check(text: &str, expected: &str) {
    let document = specimen::document(text, "");
    let article = annotate(&document).compounded();
    let end = article.len();
    let found = at(&article, 0, end).map(|n| {
        let tail = n.tail.map_or("", |t| t.of(text));
        let value = if n.low == n.high { n.low.to_string() } else { format!("{}..{}", n.low, n.high) };
        format!("{}|{value}|{tail}", n.span.of(text))
    });
    assert_eq!(found.unwrap_or_default(), expected, "{text}");
}

#[test]
fn not_numbers() {
    for text in [
        "1st Battalion",
        "22nd amendment",
        "1990s",
        "5pm",
        "10:30",
        "2023-10-29",
        "555-1234",
        "2-1 win",
        "24/7",
        "MH17",
        "F-16s",
        "a soldier",
        "an hour",
        "third",
        "scores a goal",
        "half time",
        "two-way street x",
        "few",
        "several men",
        "2014-15",
        "many men",
        "half a loaf",
        "a quarter later",
        "double agents",
        "4x4",
        "1080p",
    ] {
        let document = specimen::document(text, "");
        let article = annotate(&document).compounded();
        let found = at(&article, 0, article.len()).filter(|n| n.tail.is_none());
        assert!(found.is_none(), "{text}: {found:?}");
    }
}

#[test]
fn numerals() {
    check("1,500 men", "1,500|1500|");
    check("2.5 million", "2.5 million|2500000|");
    check("1.2m people", "1.2m|1200000|");
    check("1.2bn", "1.2bn|1200000000|");
    check("155mm shells", "155|155|mm");
    check("7,300-kilometer line", "7,300|7300|-kilometer");
    check("3,000-strong force", "3,000|3000|-strong");
    check("10-15 %", "10-15|10..15|");
    check("10–15 percent", "10–15|10..15|");
    check("1,500 to 2,000 men", "1,500 to 2,000|1500..2000|");
    check("2 to 3 million", "2 to 3 million|2000000..3000000|");
    check("3 1/2 miles", "3 1/2|3.5|");
    check("2 and a half million", "2 and a half million|2500000|");
    check("5 to 4", "5|5|");
}

#[test]
fn words_add_up() {
    check("three men", "three|3|");
    check("twenty-five men", "twenty-five|25|");
    check("two hundred and fifty thousand men", "two hundred and fifty thousand|250000|");
    check("one hundred twenty-one", "one hundred twenty-one|121|");
    check("two and a half million", "two and a half million|2500000|");
    check("a million and a half", "a million and a half|1500000|");
    check("half a million people", "half a million|500000|");
    check("half-million people", "half-million|500000|");
    check("a quarter of a million", "a quarter of a million|250000|");
    check("a dozen men", "a dozen|12|");
    check("two dozen", "two dozen|24|");
    check("two or three men", "two or three|2..3|");
    check("six-month stay", "six|6|-month");
}

#[test]
fn signs_and_powers() {
    check("minus five", "minus five|-5|");
    check("minus-130 degrees", "minus-130|-130|");
    check("-5 degrees", "-5|-5|");
    check("negative one over 20", "negative one over 20|-0.05|");
    check("2^10", "2^10|1024|");
    check("1.3e6", "1.3e6|1300000|");
    check("five point two", "five point two|5.2|");
    check("nought point zero three", "nought point zero three|0.03|");
}

#[test]
fn signs_of_money_in_the_word() {
    check("RM120,000", "120,000|120000|");
    check("USD1,700", "1,700|1700|");
    check("PS6m", "6m|6000000|");
    check("sub-500", "500|500|");
}

#[test]
fn groups_and_scales() {
    check("40 000 tons", "40 000|40000|");
    check("1 234 567 men", "1 234 567|1234567|");
    check("1,50,000 men", "1,50,000|150000|");
    check("2.33 k", "2.33 k|2330|");
    check("8 B people", "8 B|8000000000|");
    check("13 lakh", "13 lakh|1300000|");
    check("three lakh crore", "three lakh crore|3000000000000|");
    check("three dozens", "three dozens|36|");
    check("3 million and a half", "3 million and a half|3500000|");
}

#[test]
fn metres_or_millions() {
    check("1.8m tall", "1.8|1.8|m");
    check("1.2m people", "1.2m|1200000|");
    check("5m euros", "5m|5000000|");
    check("200m race", "200|200|m");
}

#[test]
fn two_ends() {
    check("5k-20k", "5k-20k|5000..20000|");
    check("10-15m", "10-15m|10000000..15000000|");
    check("5% to 10%", "5% to 10|5..10|");
    check("0-to-60-mph", "0-to-60|0..60|-mph");
    check("four- to five-year", "four- to five|4..5|-year");
    check("1000 – 5000", "1000 – 5000|1000..5000|");
    check("5 miles to 3 miles", "5|5|");
}

#[test]
fn vague_amounts() {
    check("dozens of men", "dozens|24..96|");
    check("thousands of men", "thousands|2000..9999|");
    check("hundreds of thousands of men", "hundreds of thousands|200000..999999|");
    check("tens of thousands", "tens of thousands|20000..99999|");
    check("a few thousand troops", "a few thousand|2000..9000|");
    check("several hundred", "several hundred|300..900|");
    check("a couple of thousand", "a couple of thousand|2000|");
}

#[test]
fn shares() {
    check("a third of them", "a third|0.3333333333333333|");
    check("two-thirds of", "two-thirds|0.6666666666666666|");
    check("half of the men", "half|0.5|");
    check("one in five men", "one in five|0.2|");
    check("nine out of ten", "nine out of ten|0.9|");
    check("three quarters of", "three quarters|0.75|");
    check("five eighths of", "five eighths|0.625|");
    check("three twenty-firsts", "three twenty-firsts|0.14285714285714285|");
    check("one over three", "one over three|0.3333333333333333|");
    check("one hundred and three and two thirds", "one hundred and three and two thirds|103.66666666666667|");
    check("2 in 5", "2 in 5|0.4|");
    check("half a mile", "half|0.5|");
    check("two thirds of a million", "two thirds of a million|666666.6666666666|");
}
