//! The way back from the names of the corpus to the names of its articles.

use serde::{Deserialize, Serialize};

use crate::document::{Claim, Source, SourceType};

/// A source, or a link before it, as its article has it, where the corpus has it otherwise.
///
/// When articles come to a corpus, its names are settled anew from those of the articles, which are not extracted
/// again for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// Index of the claim.
    pub claim: u32,
    /// Index in [`Claim::via`]; `None` for [`Claim::source`].
    pub link: Option<u32>,
    name: String,
    source_type: SourceType,
    role: Option<String>,
    country: Option<String>,
    /// Steps of the path that are the article's.
    steps: u32,
}

impl Renamed {
    /// `source` as it is now.
    pub(super) fn new(claim: usize, link: Option<u32>, source: &Source) -> Self {
        Renamed {
            claim: claim as u32,
            link,
            name: source.name.clone(),
            source_type: source.source_type,
            role: source.role.clone(),
            country: source.country.clone(),
            steps: source.path.len() as u32,
        }
    }

    fn restore(&self, source: &mut Source) {
        source.name.clone_from(&self.name);
        source.source_type = self.source_type;
        source.role.clone_from(&self.role);
        source.country.clone_from(&self.country);
        source.path.truncate(self.steps as usize);
    }
}

/// Takes back what [`corpus`](super::corpus) changed.
pub fn as_in_articles(claims: &mut [Claim], renamed: &[Renamed]) {
    for one in renamed {
        let Some(claim) = claims.get_mut(one.claim as usize) else { continue };
        let source = match one.link {
            None => claim.source.as_mut(),
            Some(link) => claim.via.get_mut(link as usize),
        };
        if let Some(source) = source {
            one.restore(source);
        }
    }
}
