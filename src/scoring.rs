//! Points: decimals with at most two digits, held in hundredths; no floating point.
//!
//! It does not know where a verdict came from.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

/// A number of points, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(u32);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);
    /// One point.
    pub const ONE: Points = Points(100);
    /// The most that one test may give.
    pub const MOST: Points = Points(100_000);

    /// The whole number of hundredths.
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// These points as a share of the whole, in tenths of a percent, rounded half up; all of nothing is 100 %.
    pub fn permille_of(self, whole: Points) -> u32 {
        if whole.0 == 0 {
            return 1000;
        }
        ((u64::from(self.0) * 2000 + u64::from(whole.0)) / (u64::from(whole.0) * 2)) as u32
    }

    /// That share of them, rounded half up; nothing where it is below nothing, all where it is above all.
    pub fn share(self, share: Share) -> Points {
        let Share { part, of } = share;
        let part = part.clamp(0, of);
        if of == 0 {
            return self;
        }
        Points(((i64::from(self.0) * part * 2 + of) / (of * 2)) as u32)
    }
}

/// So much of the whole: a part of so many equal ones, below nothing where more was lost than won; all of nothing is
/// everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many parts.
    pub part: i64,
    /// Of how many.
    pub of: i64,
}

impl Share {
    /// Everything.
    pub const ALL: Share = Share { part: 1, of: 1 };
    /// Nothing.
    pub const NONE: Share = Share { part: 0, of: 1 };

    /// Whether it is everything.
    pub fn is_all(self) -> bool {
        self.part >= self.of
    }
}

impl FromStr for Points {
    type Err = ();

    /// Digits, then at most a dot and one or two digits; at most [`Points::MOST`].
    fn from_str(text: &str) -> Result<Self, ()> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 4) || !digits(part, 2) {
            return Err(());
        }
        let number = |text: &str| text.parse::<u32>().map_err(|_| ());
        let part = number(part)? * if part.len() == 1 { 10 } else { 1 };
        Some(Points(number(whole)? * 100 + part))
            .filter(|points| *points <= Points::MOST)
            .ok_or(())
    }
}

impl fmt::Display for Points {
    /// As short as it can be: `2`, `2.5`, `2.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl Add for Points {
    type Output = Points;

    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        points.fold(Points::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_and_shown_as_decimals() {
        for text in ["0", "2", "2.5", "2.25", "2.05", "1000"] {
            assert_eq!(text.parse::<Points>().unwrap().to_string(), text);
        }
        assert_eq!("1.50".parse::<Points>().unwrap().to_string(), "1.5");
        for bad in [
            "",
            "-1",
            ".5",
            "1.",
            "1.234",
            "five",
            "1e2",
            "1001",
            "+1",
            " 1",
            "99999999999",
        ] {
            assert!(bad.parse::<Points>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        let points = |text: &str| text.parse::<Points>().unwrap();
        assert_eq!(points("1").permille_of(points("3")), 333);
        assert_eq!(points("2").permille_of(points("3")), 667);
        assert_eq!(points("0.01").permille_of(points("20")), 1);
        assert_eq!(points("0").permille_of(points("0")), 1000);
        let share = |of, part, parts| points(of).share(Share { part, of: parts }).to_string();
        assert_eq!(share("1", 2, 3), "0.67");
        assert_eq!(share("0.25", 1, 2), "0.13");
        assert_eq!(share("2", -1, 3), "0");
        assert_eq!(share("2", 5, 3), "2");
    }
}
