//! Answers out of bytes (RFC 9112), however many come at a time: nothing is read twice but a head that is not whole.

use httparse::{EMPTY_HEADER, Status, parse_chunk_size};

use crate::program::{Answer, Response, Sent};

/// Most headers of one answer.
const HEADERS: usize = 100;

/// Most bytes of a head, as Node allows them itself.
const HEAD: usize = 16 << 10;

/// An answer as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Reader {
    received: Vec<u8>,
    /// What is before this was read.
    at: usize,
    head: Option<Head>,
    body: Vec<u8>,
}

#[derive(Debug)]
struct Head {
    status: u16,
    headers: Vec<(String, String)>,
    length: Length,
}

/// How it is told where a body ends.
#[derive(Debug, Clone, Copy)]
enum Length {
    Chunks,
    Bytes(usize),
    UntilTheEnd,
}

struct NotHttp;

impl Reader {
    /// How many bytes have come.
    pub(super) fn len(&self) -> usize {
        self.received.len()
    }

    /// Takes more of them.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.received.extend_from_slice(bytes);
    }

    /// The answer to this; nothing while there is more to come. `ended` says that nothing will.
    pub(super) fn answer(&mut self, sent: &Sent, ended: bool) -> Option<Answer> {
        if self.received.len() > Response::MOST {
            return Some(Answer::TooLong);
        }
        match self.is_whole(sent, ended) {
            Err(NotHttp) => Some(Answer::NotHttp),
            Ok(false) => ended.then_some(Answer::CutShort),
            Ok(true) => {
                let Head {
                    status, headers, ..
                } = self.head.take()?;
                Some(Answer::Whole(Response {
                    status,
                    headers,
                    body: std::mem::take(&mut self.body),
                }))
            }
        }
    }

    fn is_whole(&mut self, sent: &Sent, ended: bool) -> Result<bool, NotHttp> {
        if !self.has_a_head(sent)? {
            return Ok(false);
        }
        let Some(head) = &self.head else {
            return Ok(false);
        };
        match head.length {
            Length::Chunks => self.has_all_chunks(),
            Length::Bytes(length) => {
                let rest = &self.received[self.at..];
                let body = rest.get(..length);
                self.body = body.unwrap_or_default().to_vec();
                Ok(body.is_some())
            }
            Length::UntilTheEnd => {
                if ended {
                    self.body = self.received.split_off(self.at);
                }
                Ok(ended)
            }
        }
    }

    /// Reads the head, and what comes before it to be known sooner.
    fn has_a_head(&mut self, sent: &Sent) -> Result<bool, NotHttp> {
        while self.head.is_none() {
            let rest = &self.received[self.at..];
            let mut headers = [EMPTY_HEADER; HEADERS];
            let mut head = httparse::Response::new(&mut headers);
            let Status::Complete(length) = head.parse(rest).map_err(|_| NotHttp)? else {
                return if rest.len() > HEAD {
                    Err(NotHttp)
                } else {
                    Ok(false)
                };
            };
            self.at += length;
            let status = head.code.ok_or(NotHttp)?;
            if (100..200).contains(&status) {
                continue;
            }
            let headers = head.headers.iter().map(|header| {
                let value = String::from_utf8_lossy(header.value).into_owned();
                (header.name.to_owned(), value)
            });
            let headers: Vec<(String, String)> = headers.collect();
            self.head = Some(Head {
                length: Length::of(&headers, status, sent)?,
                status,
                headers,
            });
        }
        Ok(true)
    }

    /// Reads the chunks that are there; whether the last is.
    fn has_all_chunks(&mut self) -> Result<bool, NotHttp> {
        loop {
            let rest = &self.received[self.at..];
            let Status::Complete((head, size)) = parse_chunk_size(rest).map_err(|_| NotHttp)?
            else {
                return Ok(false);
            };
            let rest = &rest[head..];
            if size == 0 {
                // Behind it there may be trailers; an empty line ends them.
                let trailers = rest.windows(4).any(|four| four == b"\r\n\r\n");
                return Ok(rest.starts_with(b"\r\n") || trailers);
            }
            let size = usize::try_from(size).map_err(|_| NotHttp)?;
            let Some(end) = size.checked_add(2).filter(|end| *end <= rest.len()) else {
                return Ok(false);
            };
            if &rest[size..end] != b"\r\n" {
                return Err(NotHttp);
            }
            self.body.extend_from_slice(&rest[..size]);
            self.at += head + end;
        }
    }
}

impl Length {
    fn of(headers: &[(String, String)], status: u16, sent: &Sent) -> Result<Self, NotHttp> {
        let value = |name: &str| {
            let mut named = headers
                .iter()
                .filter(|(is, _)| is.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| value.trim())
        };
        if !sent.wants_a_body() || status == 204 || status == 304 {
            return Ok(Length::Bytes(0));
        }
        if let Some(coding) = value("transfer-encoding") {
            return match coding.eq_ignore_ascii_case("chunked") {
                true => Ok(Length::Chunks),
                false => Err(NotHttp),
            };
        }
        match value("content-length") {
            Some(length) => Ok(Length::Bytes(length.parse().map_err(|_| NotHttp)?)),
            None => Ok(Length::UntilTheEnd),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(method: &str) -> Sent {
        Sent::Http {
            method: method.to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
        }
    }

    fn read(received: &[u8], method: &str, ended: bool) -> Option<Answer> {
        let mut reader = Reader::default();
        reader.take(received);
        reader.answer(&sent(method), ended)
    }

    fn told(answer: Answer) -> String {
        match answer {
            Answer::Whole(response) => String::from_utf8(response.body).unwrap(),
            other => format!("{other:?}"),
        }
    }

    fn body(received: &str, ended: bool) -> Option<String> {
        read(received.as_bytes(), "GET", ended).map(told)
    }

    /// An answer is there with its last byte and not before, however it says where it ends, and however it comes.
    #[test]
    fn an_answer_is_whole_with_its_last_byte() {
        let by_length = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour";
        let in_chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;a=b\r\nfou\r\n1\r\nr\r\n0\r\n\r\n";
        let with_trailer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nfour\r\n0\r\nEnd: 1\r\n\r\n";
        let after_another =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour";
        for whole in [by_length, in_chunks, with_trailer, after_another] {
            let mut bytewise = Reader::default();
            for end in 0..whole.len() {
                assert_eq!(body(&whole[..end], false), None, "{:?}", &whole[..end]);
                let cut = body(&whole[..end], true);
                assert_eq!(cut.as_deref(), Some("CutShort"), "{:?}", &whole[..end]);
                bytewise.take(&whole.as_bytes()[end..end + 1]);
                let answer = bytewise.answer(&sent("GET"), false).map(told);
                let now = (end + 1 == whole.len()).then(|| "four".to_owned());
                assert_eq!(answer, now, "{:?}", &whole[..end]);
            }
            assert_eq!(body(whole, false).as_deref(), Some("four"), "{whole:?}");
        }
        let to_the_end = "HTTP/1.1 200 OK\r\n\r\nfour";
        assert_eq!(body(to_the_end, false), None);
        assert_eq!(body(to_the_end, true).as_deref(), Some("four"));
    }

    #[test]
    fn some_answers_have_no_body_whatever_they_say() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
        assert!(matches!(read(head, "HEAD", false), Some(Answer::Whole(_))));
        let none = [
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\n\r\n",
        ];
        for none in none {
            assert_eq!(body(none, false).as_deref(), Some(""), "{none}");
        }
    }

    #[test]
    fn what_is_no_http_is_told_at_once() {
        let wrong = [
            "hello\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: four\r\n\r\nfour",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        ];
        for wrong in wrong {
            assert_eq!(body(wrong, false).as_deref(), Some("NotHttp"), "{wrong:?}");
        }
        let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "a".repeat(HEAD));
        assert_eq!(body(&endless, false).as_deref(), Some("NotHttp"));
        let long = vec![b'a'; Response::MOST + 1];
        assert_eq!(read(&long, "GET", false), Some(Answer::TooLong));
    }

    #[test]
    fn however_much_comes_before_an_answer_it_is_read_on_one_stack() {
        let before = "HTTP/1.1 100 Continue\r\n\r\n".repeat(Response::MOST / 25);
        assert_eq!(body(&before, true).as_deref(), Some("CutShort"));
    }
}
