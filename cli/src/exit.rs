//! How a run ends. One table: the help shows it, `run` returns it.

/// How a run ends; its number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything went as asked.
    Fine = 0,
    /// There are findings at or above `--fail-on`.
    Findings = 1,
    /// The command line asks for something that cannot be.
    Usage = 2,
    /// A profile or a ruleset is not right, or cannot be read.
    Invalid = 3,
    /// Tests or snapshots differ.
    Differ = 4,
    /// There was nothing to evaluate.
    Nothing = 5,
    /// A score or level is below its floor.
    Below = 6,
    /// Too few questions are answered.
    Incomplete = 7,
    /// A fault of ours.
    Fault = 70,
}

impl Exit {
    /// All, in order of their code.
    pub const ALL: [Self; 9] = [
        Self::Fine,
        Self::Findings,
        Self::Usage,
        Self::Invalid,
        Self::Differ,
        Self::Nothing,
        Self::Below,
        Self::Incomplete,
        Self::Fault,
    ];

    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What it means, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Findings => "findings at or above --fail-on (waivers too); advice with --strict",
            Self::Usage => "wrong usage: the command line, or an output that cannot be written",
            Self::Invalid => "an invalid profile or ruleset, or one that cannot be read",
            Self::Differ => "tests differ, or the advice is not that of the snapshot",
            Self::Nothing => "nothing evaluated: no profile, or one that answers no question",
            Self::Below => "a score or level below --fail-below",
            Self::Incomplete => "fewer questions answered than --fail-incomplete",
            Self::Fault => "a fault of ours: please report it",
        }
    }
}
