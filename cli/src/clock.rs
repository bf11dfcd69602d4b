//! The day that it is: known here and nowhere else, and only asked where a waiver has to be held against it.

use ketenspiegel_engine::date::Date;
use time::OffsetDateTime;

/// Today, in universal time.
pub(crate) fn today() -> Option<Date> {
    let day = OffsetDateTime::now_utc().date();
    Date::parse(&format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day()))
}
