//! The pages of an output folder over the loopback interface, to the browser of the same machine: for folders too big to open
//! by double click, and to keep reviews in the store. Reads what the folder holds for browsers and the recordings that its
//! pages play; writes reviews and nothing else. No server for a network: it cannot be told to listen on another address.
//!
//! What is promised against other users, other sites and strangers' files: `docs/serve.md`.

mod folder;
mod guard;
mod listen;
mod reviews;
mod send;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;

use crate::batch::store::StoreError;
use folder::Folder;
use guard::{Refusal, Session, protect, wrong_token};
use listen::Listener;
use reviews::ReviewsError;

/// For the body of a request to be here.
const BODY_WITHIN: Duration = Duration::from_secs(15);

/// Threads that wait for the disk and the store: a page opens a few files at once.
const DISK_THREADS: usize = 4;

/// Why the pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The folder has no store, or one that cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Port {
        /// The port that was asked for; 0: any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system has no random numbers for the key.
    #[error("cannot make a key: {0}")]
    Key(String),
    /// The server cannot run.
    #[error("cannot serve: {0}")]
    Run(#[from] io::Error),
}

impl ServeError {
    /// True if the user has to decide something, false if the environment failed.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Store(error) => error.is_usage(),
            Self::Port { source, .. } => source.kind() == io::ErrorKind::AddrInUse,
            Self::Key(_) | Self::Run(_) => false,
        }
    }
}

/// A folder, ready to be served: the port is bound, and nobody is answered yet.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    session: Session,
    folder: Folder,
    is_verbose: bool,
}

impl Server {
    /// Looks into the store of an output folder and binds a port of 127.0.0.1; 0: one that is free. `is_verbose` prints a line a
    /// request on standard error, with the names in its address.
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn open(dir: &Path, port: u16, is_verbose: bool) -> Result<Self, ServeError> {
        let folder = Folder::open(dir)?;
        let listener = Listener::bind(port).map_err(|source| ServeError::Port { port, source })?;
        let session = Session::new(listener.port()).map_err(|e| ServeError::Key(e.to_string()))?;
        Ok(Self { listener, shared: Arc::new(Shared { session, folder, is_verbose }) })
    }

    /// The address to open, with the key.
    pub fn url(&self) -> String {
        self.shared.session.url()
    }

    /// The folder that is served, links resolved: the only one in which anything is written.
    pub fn folder(&self) -> &Path {
        self.shared.folder.dir()
    }

    /// The folders that files are read from.
    pub fn read_from(&self) -> BTreeSet<PathBuf> {
        self.shared.folder.read_from()
    }

    /// Answers until the user ends it (Ctrl-C, or SIGTERM where there is one).
    ///
    /// # Errors
    /// [`ServeError::Run`] if it cannot begin.
    pub fn run(self) -> Result<(), ServeError> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(DISK_THREADS).build()?;
        let router = Router::new()
            .route("/", get(enter))
            .route("/api/reviews", get(load_reviews).post(save_reviews))
            // Browsers ask for it unasked; an answer that it is missing stands as an error on every page's console.
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
            .fallback(get(file))
            .layer(from_fn_with_state(Arc::clone(&self.shared), guarded))
            .with_state(self.shared);
        runtime.block_on(async {
            let stop = until_told()?;
            self.listener.serve(router, stop).await
        })?;
        // What still reads from a slow disk is not waited for.
        runtime.shutdown_background();
        Ok(())
    }
}

/// Ready when the user ends the program. Heard from the moment that this returns.
#[cfg(unix)]
fn until_told() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(std::future::poll_fn(move |context| {
        // Both are asked, so that both wake this up.
        match (interrupt.poll_recv(context), terminate.poll_recv(context)) {
            (std::task::Poll::Pending, std::task::Poll::Pending) => std::task::Poll::Pending,
            _ => std::task::Poll::Ready(()),
        }
    }))
}

#[cfg(not(unix))]
fn until_told() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where it cannot be heard of, the system ends the program.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Around everything: who is answered at all, and what every answer has.
async fn guarded(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let session = &shared.session;
    let checked = session.check_origin(&method, request.uri(), request.headers()).and_then(|()| {
        // The address that is printed is what gives the cookie.
        let is_entry = path == "/" && request.uri().query().is_some_and(|query| query.starts_with("token="));
        if is_entry { Ok(()) } else { session.check_cookie(request.headers()) }
    });
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(Refusal(status, why)) => (status, why).into_response(),
    };
    protect(response.headers_mut());
    if shared.is_verbose {
        eprintln!("{method} {} {}", path.escape_debug(), response.status().as_u16());
    }
    response
}

#[derive(Debug, Deserialize)]
struct Entry {
    token: Option<String>,
}

/// The cookie for the token, then the index.
async fn enter(State(shared): State<Arc<Shared>>, Query(entry): Query<Entry>) -> Response {
    match entry.token {
        None => see(&shared.folder.index()),
        Some(token) if shared.session.is_token(&token) => {
            let mut response = see("/");
            if let Ok(cookie) = HeaderValue::from_str(&shared.session.set_cookie()) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Some(_) => {
            let Refusal(status, why) = wrong_token();
            (status, why).into_response()
        }
    }
}

/// "Look there": what follows is a GET.
fn see(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => not_here(),
    }
}

fn not_here() -> Response {
    (StatusCode::NOT_FOUND, "Nothing of this report is here.\n").into_response()
}

async fn file(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let address = parts.uri.path().to_owned();
    let found = tokio::task::spawn_blocking(move || match shared.folder.file(&address) {
        Some(opened) => Ok(opened),
        None => Err(shared.folder.moved(&address)),
    });
    match found.await {
        Ok(Ok(opened)) => match send::file(opened, &parts.method, &parts.headers).await {
            Ok(response) => response,
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "The file cannot be read.\n").into_response(),
        },
        Ok(Err(Some(address))) if address != parts.uri.path() => see(&address),
        _ => not_here(),
    }
}

#[derive(Debug, Deserialize)]
struct Of {
    sha256: Option<String>,
}

async fn load_reviews(State(shared): State<Arc<Shared>>, Query(of): Query<Of>) -> Response {
    let loaded = tokio::task::spawn_blocking(move || reviews::load(shared.folder.dir(), of.sha256.as_deref()));
    answer(loaded.await)
}

async fn save_reviews(State(shared): State<Arc<Shared>>, headers: HeaderMap, request: Request) -> Response {
    // Forms, which pages of other sites can send without being asked for leave, are never of this type.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "reviews are application/json");
    }
    match tokio::time::timeout(BODY_WITHIN, to_bytes(request.into_body(), reviews::MOST_BYTES)).await {
        Ok(Ok(bytes)) => answer(tokio::task::spawn_blocking(move || reviews::save(shared.folder.dir(), &bytes)).await),
        Ok(Err(_)) => error(StatusCode::PAYLOAD_TOO_LARGE, "reviews of more than 1 MiB, or broken off"),
        Err(_) => error(StatusCode::REQUEST_TIMEOUT, "the reviews did not arrive in time"),
    }
}

fn answer<T: serde::Serialize>(done: Result<Result<T, ReviewsError>, tokio::task::JoinError>) -> Response {
    match done {
        Ok(Ok(value)) => Json(value).into_response(),
        Ok(Err(ReviewsError::Wrong(why))) => error(StatusCode::BAD_REQUEST, &why),
        Ok(Err(ReviewsError::Store(why))) => error(StatusCode::SERVICE_UNAVAILABLE, &why),
        Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, "the store could not be asked"),
    }
}

fn error(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}
