//! What was stored: a snapshot, conclusions, or an assessment, of which no more is read than what it says.

use crate::snapshot::Recorded;
use ketenspiegel_engine::assessment::{Assessment, Certainty, Completeness, Severity, Titled};
use ketenspiegel_engine::conclusions::{Conclusion, Conclusions, FORMAT, Kind, RulesetConclusions, Says};
use ketenspiegel_engine::number::Number;
use ketenspiegel_engine::render;
use serde::Deserialize;
use serde_json::Value;

/// A stored assessment.
pub(super) struct Stored {
    pub(super) conclusions: Conclusions,
    /// Whether its profile stands beside it.
    pub(super) beside: bool,
    /// All of it, where all of it was stored.
    whole: Option<Value>,
}

impl Stored {
    /// Whether an assessment reads as this one to the letter, as far as it was stored.
    pub(super) fn reads_as(&self, assessment: &Assessment) -> bool {
        self.whole.as_ref().is_none_or(|stored| {
            let now: Value = serde_json::from_str(&render::json(assessment)).unwrap_or_default();
            let without_path = |value: &Value| {
                let mut value = value.clone();
                value["receipt"]["profile"] = Value::Null;
                forget_files(&mut value);
                value
            };
            without_path(stored) == without_path(&now)
        })
    }
}

/// Takes out where files stand: another folder is no other assessment.
fn forget_files(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("line") && map.contains_key("column") {
                map.remove("file");
            }
            map.values_mut().for_each(forget_files);
        }
        Value::Array(all) => all.iter_mut().for_each(forget_files),
        _ => {}
    }
}

/// Reads one or more of them.
pub(super) fn read(text: &str) -> Result<Vec<Stored>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match value {
        Value::Array(all) => all.into_iter().map(one).collect(),
        value => one(value).map(|one| vec![one]),
    }
}

fn one(value: Value) -> Result<Stored, String> {
    let told = |error: serde_json::Error| error.to_string();
    match value["format"].as_str() {
        Some("assessment/1") => {
            let short: Short = serde_json::from_value(value.clone()).map_err(told)?;
            Ok(Stored { conclusions: short.conclusions()?, beside: false, whole: Some(value) })
        }
        Some("snapshot/1") => {
            let recorded: Recorded = serde_json::from_value(value).map_err(told)?;
            Ok(Stored { conclusions: recorded.conclusions, beside: true, whole: None })
        }
        Some(format) if format == FORMAT => {
            Ok(Stored { conclusions: serde_json::from_value(value).map_err(told)?, beside: false, whole: None })
        }
        Some(format) => Err(format!("the format `{format}` is not known here")),
        None => Err("it does not say in which format it is".to_owned()),
    }
}

/// What an assessment says.
#[derive(Deserialize)]
struct Short {
    language: String,
    receipt: Receipt,
    chain: Chain,
    rulesets: Vec<Ruleset>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Receipt {
    engine: String,
    profile: String,
    profile_sha256: String,
}

#[derive(Deserialize)]
struct Chain {
    name: String,
    date: Option<String>,
}

#[derive(Deserialize)]
struct Ruleset {
    id: String,
    title: String,
    version: String,
    sha256: String,
    completeness: Completeness,
    aspects: Vec<Aspect>,
    outcomes: Vec<Outcome>,
    measures: Vec<Measure>,
    tables: Vec<Table>,
    diagnoses: Vec<Diagnosis>,
    recommendations: Vec<Recommendation>,
}

#[derive(Deserialize)]
struct Aspect {
    id: String,
    title: String,
    fraction: Option<String>,
    level: Option<Level>,
}

#[derive(Deserialize)]
struct Level {
    id: Option<String>,
    title: Option<String>,
    certainty: Option<Certainty>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Outcome {
    id: String,
    title: String,
    value: Option<String>,
    value_title: Option<String>,
    certainty: Option<Certainty>,
}

#[derive(Deserialize)]
struct Measure {
    id: String,
    title: String,
    fraction: Option<String>,
}

#[derive(Deserialize)]
struct Table {
    id: String,
    title: String,
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    row: String,
    column: String,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct Diagnosis {
    id: String,
    title: String,
    severity: Severity,
    certainty: Certainty,
}

#[derive(Deserialize)]
struct Recommendation {
    bouwsteen: String,
    title: String,
    rank: usize,
    stage: usize,
}

impl Short {
    fn conclusions(self) -> Result<Conclusions, String> {
        Ok(Conclusions {
            format: FORMAT.to_owned(),
            engine: self.receipt.engine,
            language: self.language,
            chain: self.chain.name,
            date: self.chain.date,
            profile: self.receipt.profile,
            profile_sha256: self.receipt.profile_sha256,
            rulesets: self.rulesets.into_iter().map(Ruleset::conclusions).collect::<Result<_, _>>()?,
        })
    }
}

impl Ruleset {
    fn conclusions(self) -> Result<RulesetConclusions, String> {
        let mut all = Vec::new();
        let mut say = |kind, id: &str, title: &str, says| {
            all.push(Conclusion { kind, id: id.to_owned(), title: title.to_owned(), says });
        };
        for one in &self.outcomes {
            if one.certainty.is_some() {
                let value = titled(one.value.as_ref(), one.value_title.as_ref());
                say(Kind::Outcome, &one.id, &one.title, Says { value, certainty: one.certainty, ..Says::default() });
            }
        }
        for one in &self.aspects {
            if let Some(level) = one.level.as_ref().filter(|level| level.certainty.is_some()) {
                let value = titled(level.id.as_ref(), level.title.as_ref());
                say(Kind::Level, &one.id, &one.title, Says { value, certainty: level.certainty, ..Says::default() });
            }
            if let Some(number) = number(one.fraction.as_deref())? {
                say(Kind::Score, &one.id, &one.title, Says { number: Some(number), ..Says::default() });
            }
        }
        for one in &self.diagnoses {
            let (severity, certainty) = (Some(one.severity), Some(one.certainty));
            say(Kind::Diagnosis, &one.id, &one.title, Says { severity, certainty, ..Says::default() });
        }
        for one in &self.recommendations {
            let (rank, stage) = (Some(one.rank), Some(one.stage));
            say(Kind::Recommendation, &one.bouwsteen, &one.title, Says { rank, stage, ..Says::default() });
        }
        for one in &self.measures {
            if let Some(number) = number(one.fraction.as_deref())? {
                say(Kind::Measure, &one.id, &one.title, Says { number: Some(number), ..Says::default() });
            }
        }
        for table in &self.tables {
            for cell in &table.cells {
                let id = format!("{}/{}/{}", table.id, cell.row, cell.column);
                say(Kind::Cell, &id, &table.title, Says { certainty: Some(cell.certainty), ..Says::default() });
            }
        }
        let Self { id, title, version, sha256, completeness, .. } = self;
        Ok(RulesetConclusions { id, title, version, sha256, completeness, conclusions: all })
    }
}

fn titled(id: Option<&String>, title: Option<&String>) -> Option<Titled> {
    id.zip(title).map(|(id, title)| Titled { id: id.clone(), title: title.clone() })
}

fn number(fraction: Option<&str>) -> Result<Option<Number>, String> {
    let read = |text: &str| Number::parse(text).ok_or_else(|| format!("`{text}` is no number"));
    fraction.map(read).transpose()
}
