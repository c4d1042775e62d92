//! Running a neural network in ONNX format on the processor: a thin adapter to rten, which is pure Rust and needs no
//! library at run time. Not for the models of whisper.cpp, and not for finding files: that is `models`.
//!
//! One run uses one thread: calls are analysed side by side, and the sums come out the same however many there are.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{Model, ModelOptions, OpRegistry, RunOptions, ThreadPool, Value};

/// Why a network gives no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnnxError {
    /// The bytes are no network that the engine can run.
    #[error("cannot load the network: {0}")]
    Load(String),
    /// The engine failed on this input: not of the network's shape, or a fault of the engine.
    #[error("the network failed: {0}")]
    Run(String),
}

/// A network with one input of 32-bit floats and one output of theirs in rows; shared by all threads.
pub struct Network {
    model: Model,
    // Pools of one thread that no run is using. With one pool for all, runs would wait for each other.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("n_parameters", &self.model.total_params()).finish_non_exhaustive()
    }
}

impl Network {
    /// Reads a network from the bytes of an `.onnx` file.
    ///
    /// # Errors
    /// [`OnnxError::Load`] for anything that is no network of operators that rten knows.
    pub fn load(bytes: Vec<u8>) -> Result<Self, OnnxError> {
        let load = move || ModelOptions::with_ops(OpRegistry::with_all_ops()).load(bytes);
        match apart(load) {
            Some(Ok(model)) => Ok(Self { model, idle: Mutex::default() }),
            Some(Err(why)) => Err(OnnxError::Load(why.to_string())),
            None => Err(OnnxError::Load("the engine stopped".into())),
        }
    }

    /// The output, row after row, for `input`, which has this shape in row-major order.
    ///
    /// # Errors
    /// [`OnnxError::Run`] if shape and length do not fit each other or the network.
    pub fn run(&self, shape: &[usize], input: Vec<f32>) -> Result<Vec<f32>, OnnxError> {
        let failed = |why: &dyn std::fmt::Display| OnnxError::Run(why.to_string());
        let input = Value::from_shape(shape, input).map_err(|why| failed(&why))?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let output = match apart(|| self.model.run_one(input.into(), Some(options))) {
            Some(output) => output.map_err(|why| failed(&why))?,
            None => return Err(failed(&"the engine stopped")),
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        output.into_shape_vec::<f32, 2>().map(|(_, values)| values).map_err(|why| failed(&why))
    }
}

/// Runs `work` on a thread of its own; `None` if it panics. Two reasons: a fault of the engine then costs one number
/// and not the call; and a thread of rayon that waits for another pool takes up other work meanwhile, here perhaps a
/// whole call, which a plain thread does not.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| scope.spawn(work).join().ok())
}
