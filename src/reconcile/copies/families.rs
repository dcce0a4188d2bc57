//! Which documents are versions of one text: a union of sets, joined by size so that looking up needs no memory.

/// Sets of documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Families {
    parent: Vec<u32>,
    size: Vec<u32>,
}

impl Families {
    /// One more document, a family of its own.
    pub(super) fn push(&mut self) {
        self.parent.push(self.parent.len() as u32);
        self.size.push(1);
    }

    /// The family of a document; its steps are at most the logarithm of the number of documents.
    pub(super) fn of(&self, document: u32) -> u32 {
        let mut at = document;
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        at
    }

    /// Makes one family of two.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        if a == b {
            return;
        }
        let key = |f: u32| (self.size[f as usize], std::cmp::Reverse(f));
        let (large, small) = if key(a) > key(b) { (a, b) } else { (b, a) };
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_grow_together() {
        let mut families = Families::default();
        (0..5).for_each(|_| families.push());
        families.join(3, 1);
        families.join(1, 4);
        families.join(4, 3);
        let of: Vec<u32> = (0..5).map(|d| families.of(d)).collect();
        assert_eq!(of, [0, 1, 2, 1, 1]);
    }
}
