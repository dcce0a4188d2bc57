//! What says the same, and what does not though it nearly does.
