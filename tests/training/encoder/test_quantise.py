"""Weights of eight bits: run where the ``train`` extra is installed."""

from typing import Any

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx", reason="the train extra is not installed")


def make_model(table: np.ndarray, matrix: np.ndarray) -> Any:  # a model
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["rows"]),
            helper.make_node("MatMul", ["rows", "matrix"], ["out"], name="product"),
        ],
        "lookup",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["n", matrix.shape[1]])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(matrix, "matrix")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def test_a_row_keeps_its_own_scale_beside_larger_ones() -> None:
    from training.encoder.quantise import quantise

    rng = np.random.default_rng(3)
    table = rng.normal(size=(400, 64)).astype(np.float32)
    table[7] *= 1000
    matrix = rng.normal(size=(64, 8)).astype(np.float32)
    model = quantise(make_model(table, matrix))
    assert len(model.SerializeToString()) < table.nbytes / 2
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": np.array([3, 9, 250])})
    wanted = table[[3, 9, 250]] @ matrix
    assert np.abs(found - wanted).max() < 0.03 * np.abs(wanted).max()


def test_an_empty_row_stays_empty() -> None:
    from training.encoder.quantise import round_rows

    rounded, scales = round_rows(np.array([[0, 0], [-2, 1]], dtype=np.float32))
    assert rounded.tolist() == [[0, 0], [-127, 64]]
    assert scales.shape == (2, 1)
