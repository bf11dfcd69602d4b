//! Numbers, dates and lists in the habit of the reader.

use super::Language;
use crate::number::Number;
use std::cmp::Ordering;

impl Language {
    /// What stands before the decimals.
    const fn separator(self) -> char {
        match self {
            Self::Dutch => ',',
            Self::English => '.',
        }
    }

    /// `1,8`: at most `decimals` decimals.
    pub(in crate::render) fn number(self, number: Number, decimals: u32) -> String {
        number.rounded(decimals, self.separator()).replacen('-', "−", 1)
    }

    /// `2,0`: always `decimals` decimals, so that a column of scores lines up.
    pub(in crate::render) fn aligned(self, number: Number, decimals: u32) -> String {
        let mut text = self.number(number, decimals);
        let written = text.split_once(self.separator()).map_or(0, |(_, rest)| rest.len());
        if decimals > 0 && written == 0 {
            text.push(self.separator());
        }
        text.extend(std::iter::repeat_n('0', (decimals as usize).saturating_sub(written)));
        text
    }

    /// The number as it is where three decimals say it all, otherwise with two.
    pub(in crate::render) fn plain(self, number: Number) -> String {
        let is_whole = Number::parse(&number.rounded(3, '.')) == Some(number);
        self.number(number, if is_whole { 3 } else { 2 })
    }

    /// The number to do a sum with: whole where three decimals say it all, otherwise with its fraction.
    pub(in crate::render) fn exact(self, number: Number) -> String {
        if Number::parse(&number.rounded(3, '.')) == Some(number) {
            return self.plain(number);
        }
        format!("{} ({})", self.plain(number), number.to_string().replacen('-', "−", 1))
    }

    /// A number beside a bound, with as many decimals as it takes to see on which side of it it is: at least one, and on a
    /// scale as short as from 0 to 1 two, as the aspects have.
    pub(in crate::render) fn beside(self, number: Number, bounds: &[Number]) -> String {
        let tells = |decimals: &u32| {
            Number::parse(&number.rounded(*decimals, '.'))
                .is_some_and(|shown| bounds.iter().all(|bound| shown.cmp(bound) == number.cmp(bound)))
        };
        let is_short = number <= Number::ONE && bounds.iter().all(|bound| *bound <= Number::ONE);
        self.number(number, (if is_short { 2 } else { 1 }..=6).find(tells).unwrap_or(2))
    }

    /// A number with its unit: `6 weken`, `46,3 %`.
    pub(in crate::render) fn with_unit(self, number: &str, unit: Option<&str>) -> String {
        match (unit, self) {
            (None, _) => number.to_owned(),
            (Some("%"), Self::English) => format!("{number}%"),
            (Some(unit), _) => format!("{number}\u{a0}{unit}"),
        }
    }

    /// `64 %`. Only nothing is 0 % and only everything is 100 %.
    pub(in crate::render) fn percentage(self, part: usize, whole: usize) -> String {
        let rounded = (part * 200 + whole).checked_div(whole * 2).unwrap_or(0);
        let shown = match part.cmp(&whole) {
            Ordering::Less if part > 0 => rounded.clamp(1, 99),
            _ => rounded,
        };
        self.with_unit(&shown.to_string(), Some("%"))
    }

    /// `30 juni 2007`; as it was written where that is no date.
    pub(in crate::render) fn date(self, written: &str) -> String {
        let mut parts = written.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
        let month = parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| self.month(month));
        let day = parts.next().map(str::parse::<u8>);
        match (year, month, day) {
            (Some(year), Some(month), Some(Ok(day))) if (1..=31).contains(&day) => format!("{day} {month} {year}"),
            (Some(year), Some(month), None) => format!("{month} {year}"),
            _ => written.to_owned(),
        }
    }

    fn month(self, month: usize) -> Option<&'static str> {
        const DUTCH: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let names = match self {
            Self::Dutch => DUTCH,
            Self::English => ENGLISH,
        };
        names.get(month.checked_sub(1)?).copied()
    }

    /// `a, b en c`.
    pub(in crate::render) fn and(self, words: &[String]) -> String {
        self.listed(words, "en", "and")
    }

    /// `a, b of c`.
    pub(in crate::render) fn or(self, words: &[String]) -> String {
        self.listed(words, "of", "or")
    }

    /// Titles as what may be chosen from: `a, b of c`, in quotes where one of them would otherwise fall apart.
    pub(in crate::render) fn either(self, titles: &[String]) -> String {
        let falls_apart =
            |title: &String| title.contains([',', ';', ':']) || title.contains(" of ") || title.contains(" or ");
        if titles.len() > 1 && titles.iter().any(falls_apart) {
            return self.or(&titles.iter().map(|title| self.quoted(title)).collect::<Vec<_>>());
        }
        self.or(titles)
    }

    fn listed(self, words: &[String], nl: &str, en: &str) -> String {
        let last = match self {
            Self::Dutch => nl,
            Self::English => en,
        };
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
        }
    }

    /// A word or a title as it is quoted: ‘crisis’.
    pub(in crate::render) fn quoted(self, words: &str) -> String {
        format!("‘{words}’")
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{Dutch, English};
    use super::Number;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| unreachable!("{text} is a number"))
    }

    #[test]
    fn numbers_follow_the_reader() {
        assert_eq!(Dutch.number(number("2.25"), 1), "2,3");
        assert_eq!(English.aligned(number("2"), 1), "2.0");
        assert_eq!(Dutch.aligned(number("17"), 0), "17");
        assert_eq!(Dutch.aligned(number("0.5"), 2), "0,50");
        assert_eq!(Dutch.exact(number("1.125")), "1,125");
        let third = number("7").over(number("3"));
        assert_eq!(third.map(|third| Dutch.exact(third)).as_deref(), Some("2,33 (7/3)"));
        assert_eq!(Dutch.number(number("-1.5"), 1), "−1,5");
    }

    #[test]
    fn what_may_be_chosen_from_does_not_fall_apart() {
        let titles = |all: &[&str]| all.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
        assert_eq!(Dutch.either(&titles(&["fusie", "keten"])), "fusie of keten");
        assert_eq!(Dutch.either(&titles(&["ontbreekt: niet open", "vervuld"])), "‘ontbreekt: niet open’ of ‘vervuld’");
        assert_eq!(English.either(&titles(&["open, and known"])), "open, and known");
    }

    #[test]
    fn a_number_near_its_bound_shows_on_which_side_it_is() {
        assert_eq!(Dutch.beside(number("2.46"), &[number("2.5")]), "2,46");
        assert_eq!(Dutch.beside(number("1.8"), &[number("2.5")]), "1,8");
        assert_eq!(Dutch.beside(number("2.5"), &[number("2.5")]), "2,5");
        assert_eq!(Dutch.beside(number("2.499"), &[number("2.5")]), "2,499");
    }

    #[test]
    fn a_unit_stands_with_its_number() {
        assert_eq!(Dutch.with_unit("46,3", Some("%")), "46,3\u{a0}%");
        assert_eq!(English.with_unit("46.3", Some("%")), "46.3%");
        assert_eq!(English.with_unit("6", Some("weeks")), "6\u{a0}weeks");
        assert_eq!(English.with_unit("6", None), "6");
    }

    #[test]
    fn percentages_do_not_round_a_gap_away() {
        assert_eq!(English.percentage(199, 200), "99%");
        assert_eq!(English.percentage(1, 900), "1%");
        assert_eq!(English.percentage(0, 0), "0%");
        assert_eq!(Dutch.percentage(41, 64), "64\u{a0}%");
    }

    #[test]
    fn dates_are_said_and_never_guessed() {
        assert_eq!(Dutch.date("2007-06-30"), "30 juni 2007");
        assert_eq!(English.date("2007-06"), "June 2007");
        assert_eq!(Dutch.date("2007"), "2007");
        assert_eq!(Dutch.date("voorjaar 2007"), "voorjaar 2007");
        assert_eq!(Dutch.date("2007-13-01"), "2007-13-01");
    }
}
