//! The words beside names that tell what they mean: `lexicon/place_words.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::gazetteer::{list, rows};

macro_rules! classes {
    ($($variant:ident $name:literal $doc:literal),* $(,)?) => {
        /// Classes of words; the table's header says what each is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub(super) enum Class { $(#[doc = $doc] $variant),* }

        fn class(name: &str) -> Option<Class> {
            match name { $($name => Some(Class::$variant),)* _ => None }
        }
    };
}

classes! {
    Compass "compass" "\"eastern\"",
    Administrative "administrative" "\"oblast\"",
    Title "title" "\"senator\"",
    Beside "beside" "\"republicans\"",
    Calendar "calendar" "\"march\"",
    Media "media" "\"times\"",
    Head "head" "\"university\"",
    Body "body" "\"ministry\"",
    Bearer "bearer" "\"duke\"",
    NamePart "name_part" "\"lake\"",
    Local "local" "\"near\"",
    Direction "direction" "\"from\"",
    Settlement "settlement" "\"town\"",
    StateCue "state_cue" "\"governor\"",
    CityCue "city_cue" "\"mayor\"",
    Act "act" "\"deny\"",
    Inert "inert" "\"lie\"",
    Held "held" "\"policy\"",
    Relation "relation" "\"talks\"",
    Directed "directed" "\"pressure\"",
    Address "address" "\"urge\"",
    Speak "speak" "\"spoke\"",
    Tongue "tongue" "\"language\"",
}

static WORDS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, u32> = FxHashMap::default();
    for row in rows(include_str!("../../../lexicon/place_words.tsv")) {
        if let &[name, cell] = row.as_slice()
            && let Some(class) = class(name)
        {
            for word in list(cell) {
                *words.entry(word).or_default() |= 1 << class as u32;
            }
        }
    }
    words
});

/// Whether a word in lower case is of a class.
pub(super) fn is(word: &str, class: Class) -> bool {
    WORDS.get(word).is_some_and(|classes| classes & (1 << class as u32) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for row in rows(include_str!("../../../lexicon/place_words.tsv")) {
            assert!(row.len() == 2 && class(row[0]).is_some(), "{row:?}");
            for word in list(row[1]) {
                assert_eq!(word, word.to_lowercase(), "{row:?}");
            }
        }
        assert!(is("oblast", Class::Administrative) && !is("oblast", Class::Media));
        assert!(!is("", Class::Act));
    }
}
