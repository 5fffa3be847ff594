//! Answers out of bytes (RFC 9112).

use httparse::{EMPTY_HEADER, Status, parse_chunk_size};

use crate::program::{Answer, Response, Sent};

/// Most headers of one answer.
const HEADERS: usize = 100;

/// The answer that these bytes are, to this request; nothing while there is more to come. `ended` says that nothing will.
pub(super) fn read(received: &[u8], sent: &Sent, ended: bool) -> Option<Answer> {
    if received.len() > Response::MOST {
        return Some(Answer::TooLong);
    }
    match whole(received, sent, ended) {
        Err(NotHttp) => Some(Answer::NotHttp),
        Ok(Some(response)) => Some(Answer::Whole(response)),
        Ok(None) => ended.then_some(Answer::CutShort),
    }
}

struct NotHttp;

fn whole(received: &[u8], sent: &Sent, ended: bool) -> Result<Option<Response>, NotHttp> {
    let mut headers = [EMPTY_HEADER; HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let Status::Complete(length) = head.parse(received).map_err(|_| NotHttp)? else {
        return Ok(None);
    };
    let rest = &received[length..];
    let status = head.code.ok_or(NotHttp)?;
    if (100..200).contains(&status) {
        // Something to know before the answer.
        return whole(rest, sent, ended);
    }
    let headers = head.headers.iter().map(|header| {
        let value = String::from_utf8_lossy(header.value).into_owned();
        (header.name.to_owned(), value)
    });
    let headers: Vec<(String, String)> = headers.collect();
    let body = match Length::of(&headers, status, sent)? {
        Length::Chunks => chunks(rest)?,
        Length::Bytes(length) => rest.get(..length).map(<[u8]>::to_vec),
        Length::UntilTheEnd => ended.then(|| rest.to_vec()),
    };
    Ok(body.map(|body| Response {
        status,
        headers,
        body,
    }))
}

/// How it is told where a body ends.
enum Length {
    Chunks,
    Bytes(usize),
    UntilTheEnd,
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

/// A body in chunks; nothing where the last is not there yet.
fn chunks(mut rest: &[u8]) -> Result<Option<Vec<u8>>, NotHttp> {
    let mut body = Vec::new();
    loop {
        let Status::Complete((head, size)) = parse_chunk_size(rest).map_err(|_| NotHttp)? else {
            return Ok(None);
        };
        rest = &rest[head..];
        if size == 0 {
            // Behind it there may be trailers; an empty line ends them.
            let over = rest.starts_with(b"\r\n") || rest.windows(4).any(|four| four == b"\r\n\r\n");
            return Ok(over.then_some(body));
        }
        let size = usize::try_from(size).map_err(|_| NotHttp)?;
        let Some(end) = size.checked_add(2).filter(|end| *end <= rest.len()) else {
            return Ok(None);
        };
        if &rest[size..end] != b"\r\n" {
            return Err(NotHttp);
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[end..];
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

    fn body(received: &str, ended: bool) -> Option<String> {
        match read(received.as_bytes(), &sent("GET"), ended)? {
            Answer::Whole(response) => Some(String::from_utf8(response.body).unwrap()),
            other => Some(format!("{other:?}")),
        }
    }

    /// An answer is there with its last byte and not before, however it says where it ends.
    #[test]
    fn an_answer_is_whole_with_its_last_byte() {
        let by_length = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour";
        let in_chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;a=b\r\nfou\r\n1\r\nr\r\n0\r\n\r\n";
        let with_trailer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nfour\r\n0\r\nEnd: 1\r\n\r\n";
        let after_another =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour";
        for whole in [by_length, in_chunks, with_trailer, after_another] {
            for end in 0..whole.len() {
                assert_eq!(body(&whole[..end], false), None, "{:?}", &whole[..end]);
                let cut = body(&whole[..end], true);
                assert_eq!(cut.as_deref(), Some("CutShort"), "{:?}", &whole[..end]);
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
        assert!(matches!(
            read(head, &sent("HEAD"), false),
            Some(Answer::Whole(_))
        ));
        assert_eq!(
            body("HTTP/1.1 204 No Content\r\n\r\n", false).as_deref(),
            Some("")
        );
        assert_eq!(
            body("HTTP/1.1 304 Not Modified\r\n\r\n", false).as_deref(),
            Some("")
        );
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
        let long = vec![b'a'; Response::MOST + 1];
        assert_eq!(read(&long, &sent("GET"), false), Some(Answer::TooLong));
    }
}
