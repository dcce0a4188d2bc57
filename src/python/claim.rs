//! One claim.

use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::document::Document;
use super::figures::{Place, Quantity, Time};
use super::pickle::{self, Reduced};
use super::shared::Shared;
use super::values::{Source, Span, literal};
use crate::document as core;
use crate::table::{Collection, decode, encode, join, widen};

/// Who says what, how firmly: a handle into its corpus, not a copy.
///
/// Examples
/// --------
/// >>> import reportedly as rp
/// >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
/// >>> claim = corpus.claims[0]
/// >>> claim.source.name, claim.cue, claim.content
/// ('Ann Lee', 'said', '"It rains,"')
/// >>> corpus[0].text[claim.start:claim.end] == claim.text
/// True
#[pyclass(frozen, eq, hash, module = "reportedly")]
pub struct Claim {
    shared: Arc<Shared>,
    index: u32,
}

impl Claim {
    pub(super) fn new(shared: Arc<Shared>, index: u32) -> Self {
        Claim { shared, index }
    }

    fn core(&self) -> &core::Claim {
        self.shared.claim(self.index)
    }

    fn home(&self) -> usize {
        self.core().document as usize
    }

    fn document_core(&self) -> &core::Document {
        self.shared.document(self.home())
    }

    fn span(&self, span: crate::span::Span) -> Span {
        self.shared.span(self.home(), span)
    }

    fn spans(&self, spans: &[crate::span::Span]) -> Vec<Span> {
        spans.iter().map(|s| self.span(*s)).collect()
    }

    fn joined(&self, spans: &[crate::span::Span]) -> Option<String> {
        join(self.document_core(), spans)
    }

    fn source_of(&self, source: &core::Source) -> Source {
        Source {
            name: source.name.clone(),
            source_type: source.source_type.as_str().to_owned(),
            role: source.role.clone(),
            country: source.country.clone(),
            mention: self.joined(&source.spans),
            spans: self.spans(&source.spans),
            path: source.path.clone(),
        }
    }
}

impl PartialEq for Claim {
    fn eq(&self, other: &Self) -> bool {
        if self.shared.is(&other.shared) {
            return self.index == other.index;
        }
        let placed = |claim: &core::Claim| core::Claim { document: 0, ..claim.clone() };
        placed(self.core()) == placed(other.core()) && self.document_core() == other.document_core()
    }
}

impl Hash for Claim {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let claim = self.core();
        (&self.document_core().id, claim.span(), &claim.cue_spans, &claim.content_spans, &claim.rule)
            .hash(state);
    }
}

#[pymethods]
impl Claim {
    #[classattr]
    #[allow(non_upper_case_globals)]
    const __match_args__: (&'static str, &'static str, &'static str) = ("source", "cue", "content");

    /// Position in the corpus's claims.
    #[getter]
    fn index(&self) -> u32 {
        self.index
    }

    /// The document that makes it.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].document.id
    /// 'text-1'
    #[getter]
    fn document(&self) -> Document {
        Document::new(self.shared.clone(), self.home())
    }

    /// Who vouches; None if the text names nobody.
    #[getter]
    fn source(&self) -> Option<Source> {
        self.core().source.as_ref().map(|s| self.source_of(s))
    }

    /// From the outlet to the source, each who passes on what the next one said.
    #[getter]
    fn source_chain(&self) -> Vec<Source> {
        let claim = self.core();
        claim.via.iter().chain(&claim.source).map(|s| self.source_of(s)).collect()
    }

    /// The words that attribute; None for what the outlet says in its own voice.
    #[getter]
    fn cue(&self) -> Option<String> {
        self.joined(&self.core().cue_spans)
    }

    /// What is said; fragments are joined by " … ".
    #[getter]
    fn content(&self) -> String {
        self.joined(&self.core().content_spans).unwrap_or_default()
    }

    /// Where the source is written.
    #[getter]
    fn source_spans(&self) -> Vec<Span> {
        self.spans(&self.core().source_spans)
    }

    /// Where the cue is written.
    #[getter]
    fn cue_spans(&self) -> Vec<Span> {
        self.spans(&self.core().cue_spans)
    }

    /// Where the content is written.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].content_spans
    /// [Span(0, 11, '"It rains,"')]
    #[getter]
    fn content_spans(&self) -> Vec<Span> {
        self.spans(&self.core().content_spans)
    }

    /// First code point of source, cue and content together.
    #[getter]
    fn start(&self) -> usize {
        self.shared.collection.code_points(self.home(), self.core().span()).0
    }

    /// One past their last code point.
    #[getter]
    fn end(&self) -> usize {
        self.shared.collection.code_points(self.home(), self.core().span()).1
    }

    /// ``document.text[start:end]``.
    #[getter]
    fn text(&self) -> &str {
        self.shared.collection.slice(self.home(), self.core().span())
    }

    /// The sentence in which it begins.
    #[getter]
    fn sentence(&self) -> Option<Span> {
        let sentence = self.document_core().sentences.get(self.core().sentence as usize)?;
        Some(self.span(sentence.span))
    }

    /// `direct`, `mixed`, `indirect`, or `narrated` for the outlet's own assertions.
    #[getter]
    fn kind(&self) -> &str {
        self.core().kind.as_str()
    }

    /// Speech act: `state`, `deny`, `estimate`, `warn`, ...
    #[getter]
    fn act(&self) -> &str {
        self.core().act.as_str()
    }

    /// `+`, or `-` if the content is rejected.
    #[getter]
    fn polarity(&self) -> &str {
        self.core().polarity.as_str()
    }

    /// How far source and outlet commit to the content: 3 certain that it is so, 0 open, -3 certain that it is not.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> -3 <= rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].certainty <= 3
    /// True
    #[getter]
    fn certainty(&self) -> f64 {
        widen(self.core().certainty.value)
    }

    /// The same in words: `certain`, `probable`, `possible`, `unknown`.
    #[getter]
    fn certainty_label(&self) -> &str {
        self.core().certainty.label.as_str()
    }

    /// What the cue alone commits to.
    #[getter]
    fn certainty_cue(&self) -> f64 {
        widen(self.core().certainty.cue)
    }

    /// What the content's own words commit to.
    #[getter]
    fn certainty_content(&self) -> f64 {
        widen(self.core().certainty.content)
    }

    /// Figures in the content.
    #[getter]
    fn quantities(&self) -> Vec<Quantity> {
        let quantity = |q: &core::Quantity| Quantity {
            span: self.span(q.span),
            counted: q.counted.as_ref().map(|c| self.span(c.span)),
            as_of: q.frame.as_of.as_ref().map(|t| self.span(t.span)),
            core: q.clone(),
        };
        self.core().quantities.iter().map(quantity).collect()
    }

    /// Times in the content.
    #[getter]
    fn times(&self) -> Vec<Time> {
        self.core().times.iter().map(|t| Time { span: self.span(t.span), core: t.clone() }).collect()
    }

    /// Places in the content.
    #[getter]
    fn places(&self) -> Vec<Place> {
        self.core().places.iter().map(|p| Place { span: self.span(p.span), core: p.clone() }).collect()
    }

    /// How likely the attribution is right, in [0, 1].
    #[getter]
    fn confidence(&self) -> f64 {
        widen(self.core().confidence)
    }

    /// Name of the rule that made it.
    #[getter]
    fn rule(&self) -> &str {
        &self.core().rule
    }

    /// Why this is a claim, and why it is read as it is: for people. Names the entry of the cue lexicon, how the
    /// source was found, and, for claims that the sequence model made, which groups of features spoke most for the
    /// cue (logarithm of the odds), how sure its passes were, and what was left out for want of certainty. The
    /// document is analysed anew for this.
    ///
    /// Examples
    /// --------
    /// >>> import reportedly as rp
    /// >>> print(rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].explain().splitlines()[0])
    /// "It rains," Ann Lee said
    fn explain(&self) -> String {
        let claim = self.core();
        let mut out = String::new();
        let mut line = |label: &str, text: String| {
            let _ = writeln!(out, "{label:<12}{text}");
        };
        line("kind", claim.kind.as_str().to_owned());
        match &claim.source {
            Some(source) => {
                let country = source.country.as_ref().map_or(String::new(), |c| format!(", {c}"));
                line("source", format!("{} ({}{country})", source.name, source.source_type.as_str()));
                if let Some(mention) = self.joined(&claim.source_spans) {
                    line("", format!("written {mention:?}"));
                }
                source.path.iter().for_each(|step| line("", format!("because {step}")));
            }
            None => match crate::corpus::left_open(self.document_core(), claim) {
                Some(why) => line("source", format!("left open: {why}")),
                None => line("source", "the text names nobody".to_owned()),
            },
        }
        if !claim.via.is_empty() {
            let names: Vec<&str> = claim.via.iter().chain(&claim.source).map(|s| s.name.as_str()).collect();
            line("chain", names.join(" > "));
        }
        match self.joined(&claim.cue_spans) {
            Some(cue) => line("cue", format!("{cue:?}, read as {}", claim.act.as_str())),
            None => line("cue", format!("none, read as {}", claim.act.as_str())),
        }
        line("content", self.content());
        line("polarity", claim.polarity.as_str().to_owned());
        let certainty = &claim.certainty;
        line(
            "certainty",
            format!(
                "{} ({}): {} from the cue, {} from the content",
                widen(certainty.value),
                certainty.label.as_str(),
                widen(certainty.cue),
                widen(certainty.content)
            ),
        );
        for quantity in self.quantities() {
            let counted = quantity.counted.as_ref().map_or(String::new(), |c| format!(" of {:?}", c.text));
            let end = |e: Option<f64>| e.map_or("open".to_owned(), |e| e.to_string());
            let (low, high) = (end(quantity.core.low), end(quantity.core.high));
            let sign = quantity.core.relation.as_str();
            line("figure", format!("{:?}{counted}: {sign}, from {low} to {high}", quantity.span.text));
        }
        for time in self.times() {
            let (value, anchor) = (time.core.value.as_deref().unwrap_or("?"), time.core.anchor.as_str());
            line("time", format!("{:?}: {value} ({anchor})", time.span.text));
        }
        for place in self.places() {
            line(
                "place",
                format!("{:?}: {} ({})", place.span.text, place.core.name, place.core.kind.as_str()),
            );
        }
        line("rule", format!("{}, right in {:.0} of 100 cases", claim.rule, widen(claim.confidence) * 100.0));
        if let Some(why) = crate::extract::explain(self.document_core(), claim) {
            why.entry.into_iter().for_each(|entry| line("lexicon", entry));
            for (k, (saw, weight)) in why.weights.iter().filter(|(_, w)| *w > 0.0).take(5).enumerate() {
                line(if k == 0 { "because" } else { "" }, format!("{weight:+.1} {saw}"));
            }
            for (k, (what, p)) in why.certainty.iter().enumerate() {
                line(if k == 0 { "sure of" } else { "" }, format!("{:.0} of 100: {what}", 100.0 * p));
            }
            why.abstained.into_iter().for_each(|what| line("left out", what));
        }
        format!("{}\n{}", one_line(self.text()), out.trim_end())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let claim = self.core();
        let optional = |text: Option<String>| text.map_or(Ok("None".to_owned()), |t| literal(py, &t));
        let source = optional(claim.source.as_ref().map(|s| s.name.clone()))?;
        let cue = optional(self.joined(&claim.cue_spans))?;
        let content = literal(py, &self.content())?;
        let (act, polarity) = (claim.act.as_str(), claim.polarity.as_str());
        Ok(format!(
            "Claim(source={source}, cue={cue}, content={content}, act='{act}', polarity='{polarity}')"
        ))
    }

    #[pyo3(signature = () -> "str")]
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("reportedly._show")?.call_method1("claim_html", (slf,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let home = self.home();
        let number = self.index as usize - self.shared.collection.claims_of(home).start;
        let bytes = self.shared.collection.only(home).to_bytes()?;
        pickle::reduce::<Self>(py, &encode(&(bytes, number as u32))?)
    }

    #[staticmethod]
    fn _restore(data: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let (bytes, number): (Vec<u8>, u32) = decode(data.as_bytes())?;
        let collection = Collection::from_bytes(&bytes)?;
        if collection.claims().is_none_or(|c| c.len() <= number as usize) {
            return Err(super::errors::FormatError::new_err("these bytes do not hold the claim they name"));
        }
        Ok(Claim::new(Shared::new(collection, None), number))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
