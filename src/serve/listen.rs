//! The only sockets that callvet listens on: 127.0.0.1, and nothing else. How many connections there may be at once, how long
//! a request may take to arrive, and how all of it ends. Nothing here knows what is served, and nothing connects to anywhere.

use std::future::{Future, poll_fn};
use std::io;
use std::net::Ipv4Addr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// Connections at once: a browser opens six to one host, so this is ten windows. More wait until one ends.
const MOST_CONNECTIONS: usize = 64;

/// For the head of a request to be here, the idle time before it included: a connection that says nothing, or a byte now and
/// then, does not keep its place. Browsers open a new one.
const HEAD_WITHIN: Duration = Duration::from_secs(15);

/// Bytes of a head and of what hyper reads ahead. Our own addresses and cookies take a tenth of it.
const HEAD_BYTES: usize = 16 * 1024;

/// For what is being sent when the server is to end.
const GRACE: Duration = Duration::from_secs(2);

/// When no connection can be taken, as when the process has no file descriptors left: until it is tried again.
const PAUSE: Duration = Duration::from_millis(100);

/// A bound port of this machine's loopback interface.
#[derive(Debug)]
pub(super) struct Listener {
    socket: std::net::TcpListener,
    port: u16,
}

impl Listener {
    /// Port 0: one that is free.
    pub(super) fn bind(port: u16) -> io::Result<Self> {
        let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        socket.set_nonblocking(true)?;
        let port = socket.local_addr()?.port();
        Ok(Self { socket, port })
    }

    /// The port that it is.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Answers until `stop` is there; what is being sent then has [`GRACE`] to end. On the runtime that it is called on.
    pub(super) async fn serve(self, router: Router, stop: impl Future<Output = ()>) -> io::Result<()> {
        let listener = TcpListener::from_std(self.socket)?;
        let (ending, end) = watch::channel(());
        let accepting = tokio::spawn(accept(listener, router, end));
        stop.await;
        accepting.abort();
        let _ = ending.send(());
        // Each connection holds a receiver: closed when the last one has ended.
        let _ = tokio::time::timeout(GRACE, ending.closed()).await;
        Ok(())
    }
}

async fn accept(listener: TcpListener, router: Router, end: watch::Receiver<()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        // Closed by nobody.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (router, end) = (router.clone(), end.clone());
                tokio::spawn(async move {
                    connection(stream, router, end).await;
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// One connection to its end: the client's, a time limit's, or the server's.
async fn connection(stream: TcpStream, router: Router, mut end: watch::Receiver<()>) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let (mut served, mut told) = (pin!(served), pin!(end.changed()));
    let mut is_ending = false;
    // What goes wrong on a connection is the client's to see.
    let _ = poll_fn(|context| {
        if !is_ending && told.as_mut().poll(context).is_ready() {
            is_ending = true;
            served.as_mut().graceful_shutdown();
        }
        served.as_mut().poll(context)
    })
    .await;
}
