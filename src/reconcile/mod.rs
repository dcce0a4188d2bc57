//! Claims across documents: copies, stories, origins, the ledger of figures, findings.
