//! Which documents hold a sampled shingle: at most so many of each, so that no text, however often it is carried, costs
//! more than its length.

use rustc_hash::FxHashMap;

use super::families::Families;

/// Holders that are kept of a shingle, whoever they are.
pub(super) const HOLDERS: usize = 16;
/// Further holders, each of a family that is not among them: they tell a text with many versions from a passage that
/// many texts carry.
const STRANGERS: usize = 8;

/// Most shingles have one holder, and cost eight bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Holders {
    /// A document, or, from `MANY` on, a position in `lists`.
    first: FxHashMap<u32, u32>,
    lists: Vec<Vec<u32>>,
}

const MANY: u32 = 1 << 31;

impl Holders {
    /// Room for so many further shingles.
    pub(super) fn reserve(&mut self, shingles: usize) {
        self.first.reserve(shingles);
    }

    /// The documents that hold a shingle, in the order in which they came.
    pub(super) fn of(&self, shingle: u32) -> &[u32] {
        match self.first.get(&shingle) {
            None => &[],
            Some(&list) if list >= MANY => &self.lists[(list - MANY) as usize],
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// Notes that a document holds a shingle, if there is room.
    pub(super) fn push(&mut self, shingle: u32, document: u32, families: &Families) {
        let entry = self.first.entry(shingle).or_insert(document);
        if *entry == document {
            return;
        }
        if *entry < MANY {
            self.lists.push(vec![*entry, document]);
            *entry = MANY + (self.lists.len() - 1) as u32;
            return;
        }
        let list = &mut self.lists[(*entry - MANY) as usize];
        if list.last() == Some(&document) {
            return;
        }
        let room = list.len() < HOLDERS
            || list.len() < HOLDERS + STRANGERS && {
                let own = families.of(document);
                list.iter().all(|d| families.of(*d) != own)
            };
        if room {
            list.push(document);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_bounded_and_keep_room_for_strangers() {
        let (mut holders, mut families) = (Holders::default(), Families::default());
        (0..200).for_each(|_| families.push());
        (1..100).for_each(|d| families.join(0, d));
        assert!(holders.of(7).is_empty());
        for d in 0..200 {
            holders.push(7, d, &families);
            holders.push(7, d, &families);
            assert_eq!(holders.of(7)[0], 0);
        }
        let list = holders.of(7);
        assert_eq!(list.len(), HOLDERS + STRANGERS);
        assert_eq!(list[HOLDERS..], [100, 101, 102, 103, 104, 105, 106, 107]);
    }
}
