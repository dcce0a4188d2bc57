//! Two figures that mean one: two bounds, an amount in two units, a conversion in brackets.

use super::Figure;
use crate::document::Relation;
use crate::extract::quantity::number::Form;
use crate::extract::quantity::unit;
use crate::language::Annotated;

impl Figure {
    /// "more than 100 kilometers (60 miles)": what is in brackets is bounded as what it converts.
    pub(super) fn says_again(&mut self, article: &Annotated<'_>, last: &Figure) {
        let brackets = self.first == last.next + 1
            && article.word(last.next) == "("
            && self.next < article.len()
            && article.word(self.next) == ")";
        let same = match (self.unit, last.unit) {
            (Some(a), Some(b)) => {
                let unit = a.per_as(b);
                if brackets && unit.kind == b.kind {
                    self.unit = Some(unit);
                }
                unit.kind == b.kind && !unit.is_same(b)
            }
            _ => false,
        };
        if brackets
            && same
            && self.relation == Relation::Equal
            && self.stated().is_some()
            && last.stated().is_some()
        {
            self.relation = last.relation;
            self.approximate |= last.approximate;
        }
    }

    /// Makes one of this and the figure behind it, if they are: "more than 20 and less than 30", "3 dollars 50 cents", "5
    /// feet 4 inches".
    pub(super) fn takes_in(&mut self, article: &Annotated<'_>, other: &Figure) -> bool {
        let between = (self.next..other.first).map(|k| article.lower(k));
        let joined = between.clone().all(|w| matches!(w, "and" | "but" | "," | "or"))
            && other.first - self.next.min(other.first) <= 2;
        if !joined || other.first < self.next {
            return false;
        }
        let or = between.clone().any(|w| w == "or");
        let units = match (self.unit, other.unit) {
            (Some(a), Some(b)) => a.is_same(b),
            (a, b) => a.is_none() || b.is_none(),
        };
        let (a, b) = (&self.number, &other.number);
        let (low, high) = match (self.relation, other.relation) {
            (Relation::More | Relation::AtLeast, Relation::Less | Relation::AtMost) => (a.low, b.high),
            (Relation::Less | Relation::AtMost, Relation::More | Relation::AtLeast) => (b.low, a.high),
            _ => return !or && self.takes_in_part(article, other),
        };
        if low >= high
            || !units
            || or
            || between.count() == 0
            || a.form == Form::Vague
            || b.form == Form::Vague
        {
            return false;
        }
        let share = a.form == Form::Share && b.form == Form::Share;
        if (a.form == Form::Share) != (b.form == Form::Share) {
            return false;
        }
        self.number.low = low;
        self.number.high = high;
        self.number.form = if share { Form::Share } else { Form::Range };
        self.relation = Relation::Range;
        self.unit = self.unit.or(other.unit);
        self.approximate |= other.approximate;
        self.grow(other);
        true
    }

    /// "3 dollars and 50 cents", "6ft 2in", "2 hours 30 minutes".
    fn takes_in_part(&mut self, article: &Annotated<'_>, other: &Figure) -> bool {
        let (Some(unit), Some(smaller)) = (self.unit, other.unit) else { return false };
        let pair = (unit.code(), smaller.code());
        let told_together = unit.kind == "currency"
            || matches!(
                (&*pair.0, &*pair.1),
                ("[ft_i]", "[in_i]")
                    | ("[stone_av]", "[lb_av]")
                    | ("[lb_av]", "[oz_av]")
                    | ("h", "min")
                    | ("min", "s")
            );
        if !told_together {
            return false;
        }
        let Some(ratio) = unit.ratio(smaller).filter(|ratio| *ratio < 0.5) else { return false };
        let words: Vec<&str> = (self.next..other.first).map(|k| article.lower(k)).collect();
        let plain = other.first == other.number.first && matches!(other.relation, Relation::Equal);
        let exact = self.stated().is_some()
            && other.stated().is_some()
            && matches!(self.number.form, Form::Bare | Form::Word);
        let part = other.number.high * ratio;
        if !plain
            || !exact
            || !matches!(words.as_slice(), [] | ["and"])
            || part >= 1.0
            || other.number.low < 0.0
        {
            return false;
        }
        let value = unit::rounded(self.number.low + part, 12);
        (self.number.low, self.number.high) = (value, value);
        self.number.form = Form::Digits;
        self.grow(other);
        true
    }

    fn grow(&mut self, other: &Figure) {
        self.next = other.next;
        self.number.next = other.number.next;
        self.span = self.span.cover(other.span);
        self.measured = self.measured.cover(other.measured);
        self.bounded = self.bounded.cover(other.bounded);
    }
}
