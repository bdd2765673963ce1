#include "experiment/checkpoint.h"

#include "support.h"
#include "train/tiny.h"

namespace nnrun {

using namespace test;

namespace {

Model model() {
  Model model = classifier(4, "2");
  model.optimizer = make_from<Optimizer>("adam");
  model.learning_rate = rate_of(0.5);
  return model;
}

RunMemory memory_of(const Model& model) {
  RunMemory memory(model, 3);
  for (std::size_t i = 0; i < memory.optimizer_state.size(); ++i) {
    memory.optimizer_state[i] = static_cast<Scalar>(i) / 3;
  }
  memory.rates.set({7, 2, 4, 9});
  memory.non_finite = "2.dense.bias";
  memory.measured.states = {{1.5}, {0.1, -0.0}};
  memory.measured.samples = 12;
  return memory;
}

Checkpoint head() {
  Checkpoint checkpoint;
  checkpoint.facts = nlohmann::ordered_json::parse(
      R"({"experiment": "e", "run": "r", "fields": [], "seed": 1, "configuration": {"epochs": 9}, "data": [],
          "program": {"kernel": "sse2"}, "started": "then", "warnings": ["w"]})");
  checkpoint.position = {2, 3, 7};
  checkpoint.metrics_size = 1234;
  checkpoint.metrics_sha256 = "00ff";
  checkpoint.seconds = {0.1, 1e-9};
  return checkpoint;
}

std::string bytes(const Checkpoint& checkpoint = head()) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(checkpoint_folder(folder.path()));
  write_checkpoint(folder.path(), checkpoint, memory_of(model()));
  return read_bytes(checkpoint_file(folder.path()));
}

/// As a plain vector.
std::vector<Scalar> values(const AlignedScalars& aligned) {
  return {aligned.begin(), aligned.end()};
}

std::string mistake(const std::string& changed) {
  return error_of([&] { StoredCheckpoint::parse(changed, "state"); });
}

TEST_CASE("checkpoint: what is written is read, to the last bit") {
  const auto stored = StoredCheckpoint::parse(bytes(), "state");
  CHECK_EQ(stored.head().facts.dump(), head().facts.dump());
  CHECK(stored.head().position == head().position);
  CHECK_EQ(stored.head().metrics_size, 1234);
  CHECK_EQ(stored.head().metrics_sha256, "00ff");
  CHECK(same_bits(stored.head().seconds, head().seconds));
  const Model of = model();
  const RunMemory before = memory_of(of);
  RunMemory after(of);
  stored.restore(after);
  CHECK(same_bits(values(after.parameters), values(before.parameters)));
  CHECK(same_bits(values(after.optimizer_state), values(before.optimizer_state)));
  CHECK(same_bits(after.rates.remembered(), before.rates.remembered()));
  CHECK_EQ(after.non_finite, before.non_finite);
  CHECK_EQ(after.measured.samples, 12);
  REQUIRE_EQ(after.measured.states.size(), 2);
  CHECK(same_bits(after.measured.states[1], before.measured.states[1]));
}

TEST_CASE("checkpoint: no byte of it can change, and none can be missing") {
  const std::string whole = bytes();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CAPTURE(i);
    CHECK(contains(mistake(whole.substr(0, i)), "state: "));
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    CHECK(contains(mistake(flipped), "state: "));
  }
  CHECK(contains(mistake(whole + "0"), "state: damaged"));
  CHECK(contains(mistake(""), "state: not a checkpoint of this nnrun"));
}

TEST_CASE("checkpoint: another model's is refused") {
  const auto stored = StoredCheckpoint::parse(bytes(), "state");
  Model wider = classifier(4, "3");
  wider.optimizer = make_from<Optimizer>("adam");
  wider.learning_rate = rate_of(0.5);
  Model plain = model();
  plain.optimizer = make_from<Optimizer>("gradient_descent");
  Model scheduled = model();
  scheduled.learning_rate = make_from<Schedule>("reduce_on_plateau: {from: 1, patience: 1}");
  for (const Model* other : {&wider, &plain, &scheduled}) {
    RunMemory memory(*other);
    CHECK(contains(error_of([&] { stored.restore(memory); }), "not a checkpoint of this model"));
  }
}

TEST_CASE("checkpoint: the data's path need not be UTF-8") {
  Checkpoint checkpoint = head();
  checkpoint.facts["data"] = {{{"path", "caf\xe9/images"}, {"sha256", "00ff"}}};
  const auto stored = StoredCheckpoint::parse(bytes(checkpoint), "state");
  CHECK_EQ(stored.head().facts["data"][0]["path"], "caf\uFFFD/images");
}

TEST_CASE("checkpoint: where there is none, there is nothing") {
  const TemporaryFolder folder;
  CHECK_FALSE(read_checkpoint(folder.path()));
}

TEST_CASE("checkpoint: a folder that went away is not made anew") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { write_checkpoint(folder.path(), head(), memory_of(model())); }),
                 "checkpoint/.state.part: cannot write"));
  CHECK(folder.names().empty());
}

}  // namespace
}  // namespace nnrun
