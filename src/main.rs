//! The `tickmark` program: everything is in the library.

fn main() -> std::process::ExitCode {
    tickmark::sandbox::serve_launchers();
    tickmark::cli::main()
}
