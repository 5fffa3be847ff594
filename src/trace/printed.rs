//! What a program printed, as lines: all rules about text are here.

/// The lines a program printed.
///
/// From bytes to lines, in this order:
///
/// - Bytes that are not UTF-8 become `U+FFFD`, each maximal stretch one, so such a line equals no expected one.
/// - A byte order mark at the very start is left out.
/// - A line ends with `\n`; one `\r` before it belongs to the end (Windows' line ends). Any other `\r` stays.
/// - The last line need not be ended: `end` and `end\n` are both one line. Nothing is no line, `\n` is one empty line.
/// - Everything else counts: blanks at the end of a line, tabs, NUL, terminal escapes, the length of a line.
///   They compare exactly, and are made visible where they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// The lines, without their ends.
    pub lines: Vec<String>,
}

impl Printed {
    /// The lines of what was printed.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        Printed {
            lines: lines_of(text.strip_prefix('\u{feff}').unwrap_or(&text)),
        }
    }
}

/// The lines of a text: it loses one final newline; `""` is no line, `"\n"` an empty one.
pub fn lines_of(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_lines() {
        let cases: &[(&[u8], &[&str])] = &[
            (b"", &[]),
            (b"\n", &[""]),
            (b"a", &["a"]),
            (b"a\n", &["a"]),
            (b"a\n\n", &["a", ""]),
            (b"a\r\nb\r\n", &["a", "b"]),
            (b"a\r", &["a"]),
            (b"a\rb", &["a\rb"]),
            (b"\xef\xbb\xbfa", &["a"]),
            (b"a\xef\xbb\xbf", &["a\u{feff}"]),
            (b"gr\xfc\xdfe", &["gr\u{fffd}\u{fffd}e"]),
            (b"a \t\0\x1b[1m", &["a \t\0\u{1b}[1m"]),
        ];
        for (bytes, lines) in cases {
            assert_eq!(Printed::from_bytes(bytes).lines, *lines, "{bytes:?}");
        }
    }
}
