"""Weights of eight bits, a scale a channel: ONNX Runtime's for the matrices, ours for the tables of embeddings.

The runtime takes one scale for a whole table, which costs type, status and hedge up to a point of F1; a scale a row
costs no head half a point (README).
"""

import tempfile
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LARGEST = 127
SMALL = 20_000
"""Tables of fewer numbers stay as they are."""

SHRINK = np.linspace(0.8, 1.0, 21)
"""Parts of the largest number of a row that its scale is tried for; what lies above is cut off."""

Floats = NDArray[np.float32]


def quantise(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a graph with weights of eight bits; activations are rounded as they come."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source.onnx", Path(folder) / "target.onnx"
        onnx.save(_round_tables(model), source)
        quantize_dynamic(
            source, target, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"]
        )
        return onnx.load(target)


def round_rows(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Round a table to one scale a row: that, of those tried, which leaves the least square error.

    Returns:
        The numbers of eight bits, and the scales, (rows, 1).
    """
    top = np.abs(table).max(1, keepdims=True) / LARGEST
    top[top == 0] = 1.0
    scales, least = top, np.full_like(top, np.inf)
    for part in SHRINK:
        scale = (top * part).astype(np.float32)
        error = ((_cut(table / scale) * scale - table) ** 2).sum(1, keepdims=True)
        scales, least = np.where(error < least, scale, scales), np.minimum(error, least)
    return _cut(table / scales).astype(np.int8), scales


def _cut(numbers: Floats) -> Floats:
    cut: Floats = np.clip(np.round(numbers), -LARGEST, LARGEST)
    return cut


def _round_tables(model: onnx.ModelProto) -> onnx.ModelProto:
    """Round every large table that rows are looked up in; they are widened after they were looked up."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    nodes: list[onnx.NodeProto] = []
    made: dict[str, list[onnx.TensorProto]] = {}
    for node in model.graph.node:
        name = node.input[0] if node.op_type == "Gather" else ""
        if name not in stored or stored[name].ndim != 2 or stored[name].size < SMALL:
            nodes.append(node)
            continue
        if name not in made:
            parts = zip(("rows", "by"), round_rows(stored[name]), strict=True)
            made[name] = [numpy_helper.from_array(array, f"{name}.{part}") for part, array in parts]
        rows, wide, by = (f"{node.output[0]}.{part}" for part in ("rows", "wide", "by"))
        nodes += [
            helper.make_node("Gather", [f"{name}.rows", node.input[1]], [rows]),
            helper.make_node("Cast", [rows], [wide], to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}.by", node.input[1]], [by]),
            helper.make_node("Mul", [wide, by], [node.output[0]]),
        ]
    result = onnx.ModelProto()
    result.CopyFrom(model)
    del result.graph.node[:]
    del result.graph.initializer[:]
    result.graph.node.extend(nodes)
    result.graph.initializer.extend(tensor for tensor in model.graph.initializer if tensor.name not in made)
    result.graph.initializer.extend(tensor for pair in made.values() for tensor in pair)
    onnx.checker.check_model(result)
    return result
