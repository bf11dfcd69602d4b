//! Faults of the engine that are reported and not mended yet. What meets them is left out, so that everything else
//! stays tested; each of these goes when its fault goes.

/// `clamp = "target"` does nothing on a ladder and a best-match.
pub(super) const LEVELS_ARE_NOT_CLAMPED: bool = true;
/// An answer that is not applicable has no importance, but one that becomes so in a completion keeps it.
pub(super) const IMPORTANCE_OUTLIVES_ITS_ANSWER: bool = true;
/// A ladder of which no step holds is missing where any step is undecided: also where `lowest` says that such a step
/// does not hold, and where the undecided step stands above one that does not hold.
pub(super) const UNDECIDED_STEPS_ALWAYS_COUNT: bool = true;
/// Where there are no parties, what a role sees is completed apart from the one answer for all.
pub(super) const ROLES_WITHOUT_PARTIES_SEE_ANOTHER_ANSWER: bool = true;
