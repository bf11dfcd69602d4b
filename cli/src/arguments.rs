//! What can be asked on the command line.

mod guard;
mod new;
mod packing;
mod testing;
mod why;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

pub(crate) use guard::{Baseline, Compare, Given, Profiles, Snapshot, Verify, Waive, WithGates};
pub(crate) use new::{New, NewPart, NewRule};
pub(crate) use packing::{Lock, Pack};
pub(crate) use testing::{CheckRulesets, Diff, Docs, Editor, Test, Threshold};
pub(crate) use why::{Ask, Explain, Flip, Route, WhatIf};

/// Hold up a mirror to a chain of cooperating organisations
///
/// Reads what is known of a chain (a profile: answers, facts, evidence) and says how it is doing, what stands out and what to do first; every conclusion leads back to the answers and to the source. Works offline; nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "ketenspiegel", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Colour: auto (in a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        alias = "color",
        global = true,
        value_name = "WHEN",
        default_value_t = Colour::Auto,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "General"
    )]
    pub(crate) colour: Colour,
}

/// Each command, in the order of the help.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diagnose(Diagnose),
    Explain(Explain),
    #[command(name = "whatif")]
    WhatIf(WhatIf),
    Flip(Flip),
    Ask(Ask),
    Route(Route),
    Form(Form),
    Check(Check),
    #[command(subcommand)]
    Snapshot(Snapshot),
    Verify(Verify),
    Compare(Compare),
    Waive(Waive),
    Baseline(Baseline),
    #[command(subcommand)]
    Ruleset(Ruleset),
    #[command(subcommand)]
    Schema(Schema),
    Completions(Completions),
}

/// Say how a chain is doing, what stands out, and what to do first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel diagnose chain.json
  ketenspiegel diagnose chain.json --lang en --report markdown:report.md
  ketenspiegel diagnose *.json --format json > all.json
  ketenspiegel diagnose chains --fail-on major:indicated --fail-on-change
  ketenspiegel diagnose chains --format github \\
      --report sarif:out.sarif --report summary:summary.md
  ketenspiegel diagnose chain.json --ruleset ./our-own-frame
  ketenspiegel diagnose chain.json --brief --report markdown:board.md

How sure a finding is:
  confirmed  true, whatever the open answers turn out to be
  indicated  true on what is answered; an open answer could still change it
  open       not true on what is answered; an open answer could still bring it

The rulesets are used that the profile speaks of, with those that they read, and those given with --ruleset; \
what joins rulesets is used when the profile answers enough of them. \
With `--format json` one profile gives one assessment, several give a list of them.")]
pub(crate) struct Diagnose {
    /// Profiles, in JSON or (when the name ends in .toml) TOML, or folders to look for them in; `-` reads JSON from standard input
    #[arg(required = true, value_name = "PROFILE")]
    pub(crate) profiles: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Terminal, help_heading = "Output")]
    pub(crate) format: Format,
    /// Only what a board reads: one page, on what the rulesets say together (JSON is always whole)
    #[arg(long, help_heading = "Output")]
    pub(crate) brief: bool,
    /// Long lists of what is still open whole, and not only what counts most in them
    #[arg(long, conflicts_with = "brief", help_heading = "Output")]
    pub(crate) all: bool,
    /// Also write the report to a file, whole or not at all; may be repeated
    #[arg(long = "report", value_name = "FORMAT:FILE", value_parser = Report::<Format>::parse, help_heading = "Output")]
    pub(crate) reports: Vec<Report>,
    #[command(flatten)]
    pub(crate) lang: WithLang,
    #[command(flatten)]
    pub(crate) gates: WithGates,
}

/// Write an empty profile, or a questionnaire to print
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel form ketens-de-baas > chain.toml
  ketenspiegel form ketens-de-baas --format json > chain.json
  ketenspiegel form ketens-de-baas --format markdown > questions.md
  ketenspiegel form ./our-own-frame

An empty profile can be read as it is; `diagnose` then says that there is nothing to evaluate. \
Without RULESET it holds the questions of all built-in rulesets.")]
pub(crate) struct Form {
    /// Built-in rulesets by id, folders, or packed rulesets; what they require too, where that is not built in
    #[arg(value_name = "RULESET")]
    pub(crate) rulesets: Vec<String>,
    /// toml: a profile with the questions as comments; json: a bare profile; markdown: a questionnaire
    #[arg(long, value_name = "FORMAT", default_value_t = FormFormat::Toml, help_heading = "Output")]
    pub(crate) format: FormFormat,
    #[command(flatten)]
    pub(crate) lang: WithLang,
}

/// Find everything that is wrong with profiles and rulesets, at once
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel check chain.json
  ketenspiegel check ./our-own-frame chain.toml
  ketenspiegel check *.json --format json

A folder is read as a ruleset, a file as a profile. Profiles are checked against the built-in rulesets and \
against the folders that are named.")]
pub(crate) struct Check {
    /// Profiles and folders of rulesets; `-` reads a profile in JSON from standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) rulesets: WithRulesets,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value_t = AdviceFormat::Text, help_heading = "Output")]
    pub(crate) format: AdviceFormat,
}

/// See which rulesets there are, and make, check and test your own
#[derive(Debug, Subcommand)]
pub(crate) enum Ruleset {
    /// The built-in rulesets, and those given with --ruleset
    List {
        #[command(flatten)]
        rulesets: WithRulesets,
        /// How to print them
        #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
        format: TextOrJson,
        #[command(flatten)]
        lang: WithLang,
    },
    /// What a ruleset rests on, asks, and may conclude
    #[command(after_help = "\
Examples:
  ketenspiegel ruleset show adr
  ketenspiegel ruleset show adr --format json
  ketenspiegel ruleset show ./our-own-frame --ruleset ./what-it-requires")]
    Show {
        /// A built-in ruleset by id, a folder, or a packed ruleset
        ruleset: String,
        #[command(flatten)]
        rulesets: WithRulesets,
        /// How to print it
        #[arg(long, value_name = "FORMAT", default_value_t = TextOrJson::Text, help_heading = "Output")]
        format: TextOrJson,
        #[command(flatten)]
        lang: WithLang,
    },
    New(New),
    Docs(Docs),
    Check(CheckRulesets),
    Test(Test),
    Diff(Diff),
    Editor(Editor),
    Lock(Lock),
    Pack(Pack),
}

/// Write the JSON Schema of a format, and what editors need
#[derive(Debug, Subcommand)]
pub(crate) enum Schema {
    /// The schema of what `diagnose --format json` writes for one profile
    Assessment,
    /// The schema of what `explain --format json` writes
    Explanation,
    /// The schema of what `whatif --format json` writes
    Whatif,
    /// The schema of what `flip --format json` writes
    Flips,
    /// The schema of what `flip --fragile --format json` writes
    Fragile,
    /// The schema of what `ask --format json` writes
    Ask,
    /// The schema of what `route --format json` writes
    Route,
    /// The schema of what `ruleset list --format json` writes
    Rulesets,
    /// The schema of what `ruleset show --format json` writes
    Ruleset,
    /// The schema of a profile for these rulesets, with their questions and the values that can be given
    Profile {
        /// Built-in rulesets by id, or folders; without any: all built-in ones
        #[arg(value_name = "RULESET")]
        rulesets: Vec<String>,
        #[command(flatten)]
        lang: WithLang,
    },
    /// The schema of `ruleset.toml`
    RulesetManifest,
    /// The schema of `questions.toml`
    Questions,
    /// The schema of `aspects.toml`
    Aspects,
    /// The schema of `bouwstenen.toml`
    Bouwstenen,
    /// The schema of `links.toml`
    Links,
    /// The schema of `tables/*.toml`
    Table,
    /// The schema of `nl.toml`, `en.toml` and other texts
    Texts,
    /// The schema of `tests/*.toml`
    Cases,
    /// The schema of `tailoring.toml`
    Tailoring,
    /// The schema of a file of waivers
    Waivers,
    /// The building functions for an editor of Rhai (`ketenspiegel.d.rhai`)
    Rhai,
    /// The reference of all building functions and fields, in Markdown
    Reference,
}

/// Write a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ketenspiegel completions bash > ketenspiegel.bash   and source it in ~/.bashrc
  ketenspiegel completions fish > ~/.config/fish/completions/ketenspiegel.fish")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// `--ruleset`, for every command that reads a profile.
#[derive(Debug, Args)]
pub(crate) struct WithRulesets {
    /// Also use this ruleset: a folder, a packed ruleset, or a built-in one by id; it takes the place of a built-in ruleset with the same id; may be repeated
    #[arg(long = "ruleset", value_name = "RULESET", help_heading = "Rulesets")]
    pub(crate) rulesets: Vec<String>,
}

impl WithRulesets {
    /// The options as they were written, to show in a command.
    pub(crate) fn written(&self) -> String {
        self.rulesets.iter().map(|name| format!(" --ruleset {name}")).collect()
    }
}

/// `--lang`, for every command that writes texts of a ruleset.
#[derive(Debug, Args)]
pub(crate) struct WithLang {
    /// Language of the texts
    #[arg(long, value_name = "LANG", default_value_t = Lang::Nl, help_heading = "Output")]
    pub(crate) lang: Lang,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub(crate) enum $name {
            $($(#[$variant_doc])* #[value(name = $word)] $variant),*
        }

        impl $name {
            /// The word on the command line.
            pub(crate) const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )*};
}

impl Colour {
    /// Whether there is colour, in a place where it is welcome or not.
    pub(crate) const fn in_place(self, welcome: bool) -> bool {
        match self {
            Self::Auto => welcome,
            Self::Always => true,
            Self::Never => false,
        }
    }

    /// What is asked among arguments that could not be read as a whole: for the help, and for what is wrong with them.
    pub(crate) fn among(args: &[OsString]) -> Self {
        let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
        let named = |arg: &str| ["--colour", "--color"].contains(&arg);
        let apart = args.windows(2).filter(|pair| named(pair[0])).map(|pair| pair[1]);
        let joined = args.iter().filter_map(|arg| arg.split_once('=')).filter(|(name, _)| named(name));
        let mut said = apart.chain(joined.map(|(_, when)| when));
        said.find_map(|when| Self::from_str(when, false).ok()).unwrap_or(Self::Auto)
    }
}

words! {
    /// When to use colour.
    Colour { Auto = "auto", Always = "always", Never = "never" }
    /// A format of a report.
    Format {
        /// The report, to read on a screen
        Terminal = "terminal",
        /// The report, for in the file
        Markdown = "markdown",
        /// The assessment, for machines
        Json = "json",
        /// How the run ends, for a job summary or a merge request
        Summary = "summary",
        /// For code scanning (SARIF 2.1.0)
        Sarif = "sarif",
        /// For test reports (JUnit XML)
        Junit = "junit",
        /// Test Anything Protocol
        Tap = "tap",
        /// Annotations of GitHub Actions, on standard output
        Github = "github",
    }
    /// A format of what is told beside reports.
    Shape { Terminal = "terminal", Markdown = "markdown", Json = "json" }
    /// Text for people or JSON for machines.
    TextOrJson { Text = "text", Json = "json" }
    /// A format of an explanation.
    WhyFormat { Text = "text", Markdown = "markdown", Json = "json" }
    /// How problems are told: text for people, JSON, SARIF or GitHub's annotations for machines.
    AdviceFormat { Text = "text", Json = "json", Sarif = "sarif", Github = "github" }
    /// How tests are told.
    TestFormat { Text = "text", Json = "json", Sarif = "sarif", Github = "github", Lcov = "lcov" }
    /// A format of a book.
    BookFormat {
        /// One page that needs nothing else: no net, no script
        Html = "html",
        /// For in a repository or a wiki
        Markdown = "markdown",
        /// To read on a screen
        Text = "text",
    }
    /// A format of a form.
    FormFormat { Toml = "toml", Json = "json", Markdown = "markdown" }
    /// A language of texts.
    Lang { Nl = "nl", En = "en" }
}

/// A report that is written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report<F = Format> {
    pub(crate) format: F,
    pub(crate) file: PathBuf,
}

impl<F: ValueEnum> Report<F> {
    fn parse(text: &str) -> Result<Self, String> {
        let how = "write FORMAT:FILE, such as markdown:report.md";
        let Some((format, file)) = text.split_once(':') else {
            return Err(format!("it does not say in which format; {how}"));
        };
        let format = F::from_str(format, false)
            .map_err(|_| format!("`{format}` is not a format ({}); {how}", Self::formats()))?;
        if file.is_empty() || file == "-" {
            return Err(format!("it names no file; {how}, or use --format for standard output"));
        }
        Ok(Self { format, file: PathBuf::from(file) })
    }

    /// The words of all formats.
    fn formats() -> String {
        let words = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        words.map(|word| word.get_name().to_owned()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Report};
    use std::path::PathBuf;

    #[test]
    fn a_report_is_a_format_and_a_file() {
        let file = |file: &str| PathBuf::from(file);
        assert_eq!(Report::parse("json:a:b.json"), Ok(Report { format: Format::Json, file: file("a:b.json") }));
        for wrong in ["report.md", "pdf:report.pdf", "json:", "json:-"] {
            assert!(Report::<Format>::parse(wrong).is_err_and(|error| error.contains("FORMAT:FILE")), "{wrong}");
        }
    }
}
