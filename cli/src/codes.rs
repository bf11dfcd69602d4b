//! Kinds of problems that only the command line can have: it alone knows files and arguments.
//!
//! The engine's codes stand in [`ketenspiegel_engine::problem::codes`]; these go on in a hundred of their own.

use ketenspiegel_engine::problem::Code;

/// An input that cannot be read.
pub const UNREADABLE: Code = Code { id: "K0901", title: "a file that cannot be read" };
/// A folder where a file belongs, or the reverse.
pub const NOT_A_FILE: Code = Code { id: "K0902", title: "not a file, or not a folder" };
/// An output that cannot be written.
pub const UNWRITABLE: Code = Code { id: "K0903", title: "a file that cannot be written" };
/// Arguments that are each right, and do not go together.
pub const ARGUMENTS: Code = Code { id: "K0904", title: "arguments that do not go together" };
/// A ruleset, named on the command line, that there is not.
pub const UNKNOWN_RULESET: Code = Code { id: "K0905", title: "a ruleset that there is not" };
/// A profile that answers nothing.
pub const NOTHING_TO_DO: Code = Code { id: "K0906", title: "nothing to evaluate" };
/// A case that comes to something else than is recorded beside it.
pub const NOT_AS_RECORDED: Code = Code { id: "K0907", title: "not as recorded" };

/// Every code of the command line.
pub const ALL: &[Code] =
    &[UNREADABLE, NOT_A_FILE, UNWRITABLE, ARGUMENTS, UNKNOWN_RULESET, NOTHING_TO_DO, NOT_AS_RECORDED];

#[cfg(test)]
mod tests {
    use super::ALL;
    use ketenspiegel_engine::problem::codes;

    #[test]
    fn codes_follow_those_of_the_engine() {
        let all: Vec<&str> = codes::ALL.iter().chain(ALL).map(|code| code.id).collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    }
}
