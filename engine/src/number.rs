//! Exact numbers: fractions over what was written, so that `< 2.5` means that.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, ToPrimitive};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// An exact fraction. Every operation that could run out of room gives `None` instead of a wrong number.
///
/// ```
/// use ketenspiegel_engine::number::Number;
/// let third = Number::from(1).over(Number::from(3)).unwrap();
/// assert_eq!(third.plus(third).and_then(|n| n.plus(third)), Some(Number::from(1)));
/// assert_eq!(Number::parse("2.50"), Number::from(5).over(Number::from(2)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Number(Ratio<i64>);

impl Number {
    /// Nought.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// Reads a decimal number (`-2.50`, `1e3`) or a fraction (`7/3`); `None` when it is none or has too many digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((over, under)) = text.split_once('/') {
            return Self::parse(over)?.over(Self::parse(under)?);
        }
        let text = text.replace('_', "");
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text.as_str(), 0),
        };
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let decimals = decimals.trim_end_matches('0');
        let digits: i64 = format!("{whole}{decimals}").parse().ok()?;
        Self::scaled(i128::from(digits), i32::try_from(decimals.len()).ok()? - exponent)
    }

    /// `digits` divided by ten to the power `scale`.
    #[must_use]
    pub fn scaled(digits: i128, scale: i32) -> Option<Self> {
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        let ratio = if scale >= 0 { Ratio::new(digits, power) } else { Ratio::from(digits.checked_mul(power)?) };
        Some(Self(Ratio::new_raw(i64::try_from(*ratio.numer()).ok()?, i64::try_from(*ratio.denom()).ok()?)))
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.0.denom() == &1 && other.0.denom() == &1 {
            return self.0.numer().checked_add(other.0.numer()).map(Self::from);
        }
        self.0.checked_add(&other.0).map(Self)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(&other.0).map(Self)
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(&other.0).map(Self)
    }

    /// The quotient; `None` for a division by nought too.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        match (self.0.denom(), other.0.denom(), *other.0.numer()) {
            (_, _, 0) => None,
            // nearly every mean and share: one common divisor instead of four
            (1, 1, whole) if whole > 0 && *self.0.numer() != i64::MIN => Some(Self(Ratio::new(*self.0.numer(), whole))),
            _ => self.0.checked_div(&other.0).map(Self),
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn absolute(self) -> Option<Self> {
        (*self.0.numer() != i64::MIN).then(|| Self(self.0.abs()))
    }

    /// The number, where it is whole.
    #[must_use]
    pub fn to_integer(self) -> Option<i64> {
        self.0.is_integer().then(|| *self.0.numer())
    }

    /// How many equal parts of one it is made of, at least.
    #[must_use]
    pub fn denominator(self) -> i64 {
        *self.0.denom()
    }

    /// How many units it is, where so many units make one; nothing where that is no whole number, or too large.
    #[must_use]
    pub fn units(self, scale: i64) -> Option<i64> {
        let (n, d) = (*self.0.numer(), *self.0.denom());
        if d == 1 {
            return n.checked_mul(scale);
        }
        (scale % d == 0).then(|| n.checked_mul(scale / d)).flatten()
    }

    /// The nearest floating-point number: for display and for JSON, never for a comparison.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The number as a rule writes it: a decimal where it is one, otherwise a fraction (`7/3`).
    ///
    /// ```
    /// use ketenspiegel_engine::number::Number;
    /// let third = Number::from(7).over(Number::from(3)).unwrap();
    /// assert_eq!((Number::parse("2.50").unwrap().written(), third.written()), ("2.5".to_owned(), "7/3".to_owned()));
    /// ```
    #[must_use]
    pub fn written(self) -> String {
        let decimal = self.rounded(6, '.');
        if Self::parse(&decimal) == Some(self) { decimal } else { self.to_string() }
    }

    /// The number rounded half away from nought to at most `decimals` decimals, without trailing noughts,
    /// with `separator` before the decimals.
    ///
    /// ```
    /// use ketenspiegel_engine::number::Number;
    /// assert_eq!(Number::parse("2.25").unwrap().rounded(1, ','), "2,3");
    /// assert_eq!(Number::from(3).rounded(1, ','), "3");
    /// ```
    #[must_use]
    pub fn rounded(self, decimals: u32, separator: char) -> String {
        let power = 10_i128.pow(decimals.min(12));
        let (n, d) = (i128::from(*self.0.numer()) * power, i128::from(*self.0.denom()));
        let twice = 2 * n.abs() / d;
        let units = (twice + 1) / 2;
        let sign = if n < 0 && units != 0 { "-" } else { "" };
        let (whole, rest) = (units / power, units % power);
        let rest = format!("{rest:0width$}", width = decimals.min(12) as usize);
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{separator}{rest}") }
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self(Ratio::new_raw(whole, 1))
    }
}

// A number is always in its lowest terms, so that equal ones are written equally; a ratio does not count on that.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.numer() == other.0.numer() && self.0.denom() == other.0.denom()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.numer(), self.0.denom()).hash(state);
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.0.denom() == other.0.denom() {
            return self.0.numer().cmp(other.0.numer());
        }
        let left = i128::from(*self.0.numer()) * i128::from(*other.0.denom());
        let right = i128::from(*other.0.numer()) * i128::from(*self.0.denom());
        left.cmp(&right)
    }
}

/// The exact number: `9/4`, or `3` where it is whole.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// For people the nearest decimal, as it is shown; for machines that read it back the exact fraction.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return (self.0.numer(), self.0.denom()).serialize(serializer);
        }
        match self.to_integer() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.to_f64()),
        }
    }
}

/// Reads what was written for machines; what was written for people is no longer exact (see [`exact`]).
impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Err(serde::de::Error::custom("a number that is shown is not exact enough to be read back"));
        }
        match <(i64, i64)>::deserialize(deserializer)? {
            (over, under) if under > 0 => Ok(Self(Ratio::new_raw(over, under))),
            _ => Err(serde::de::Error::custom("a fraction is over a number above nought")),
        }
    }
}

/// Numbers that are read back as they were: a JSON number where a decimal says it exactly, otherwise a
/// fraction in text (`"7/3"`). For files that are kept; what is only shown writes a [`Number`] itself.
pub mod exact {
    use super::{Deserialize, Deserializer, JsonSchema, Number, Serialize, Serializer};

    /// A number as it stands in a file.
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(untagged)]
    pub enum Written {
        /// Whole.
        Whole(i64),
        /// A decimal that is exact as it is written.
        Decimal(f64),
        /// A fraction: `7/3`.
        Fraction(String),
    }

    /// Writes a number, or nothing.
    ///
    /// # Errors
    /// Those of the format that is written.
    pub fn serialize<S: Serializer>(number: &Option<Number>, serializer: S) -> Result<S::Ok, S::Error> {
        let written = number.map(|number| {
            let decimal = number.to_f64();
            match number.to_integer() {
                Some(whole) => Written::Whole(whole),
                None if Number::parse(&decimal.to_string()) == Some(number) => Written::Decimal(decimal),
                None => Written::Fraction(number.to_string()),
            }
        });
        written.serialize(serializer)
    }

    /// Reads a number, or nothing.
    ///
    /// # Errors
    /// When it is no number, or has too many digits to keep.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
        let number = match Option::<Written>::deserialize(deserializer)? {
            None => return Ok(None),
            Some(Written::Whole(whole)) => Some(Number::from(whole)),
            Some(Written::Decimal(decimal)) => Number::parse(&decimal.to_string()),
            Some(Written::Fraction(text)) => Number::parse(&text),
        };
        number.map(Some).ok_or_else(|| serde::de::Error::custom("expected a number such as 2.25 or \"7/3\""))
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}
