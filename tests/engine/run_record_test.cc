#include "engine/training/run_record.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "engine/small_world.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

TrainResult someResult() {
  TrainResult result;
  result.history.resize(3);
  result.bestEpoch = 2;
  result.stoppedEarly = true;
  result.trainedItems = 20;
  return result;
}

RunRecord endedRecord(const RunSources& sources, const TrainOptions& options,
                      const RunMethod& method) {
  RunRecord record = beginRecord(sources, options, method);
  endRecord(record, someResult());
  return record;
}

class RunRecords : public ::testing::Test {
 protected:
  RunSources sources() const {
    const std::string config = (model.folder() / "config.json").string();
    return {"0.1", openModel(model.folder()), {config}, {}};
  }

  const test::SmallModel model;
};

TEST_F(RunRecords, GoToJsonAndBack) {
  TrainOptions options;
  options.asking = findTemplate("qa");
  options.loss = LossKind::js;
  options.schedule = Schedule::step;
  options.recompute = true;
  options.seed = 7;
  AdapterConfig adapter;
  adapter.dropout = 0.05;
  adapter.targets = {"q_proj", "v_proj"};
  const RunMethod methods[] = {{"lora", "bf16", adapter}, {"full", "fp32", {}, 0.25}};
  for (const RunMethod& method : methods) {
    const Json json = toJson(endedRecord(sources(), options, method));
    const RunRecord read = runRecordFromJson(json, "run.json");
    EXPECT_EQ(toJson(read), json);
    EXPECT_EQ(read.templateName, "qa");
    EXPECT_EQ(read.method.adapter, method.adapter);
    EXPECT_EQ(read.options.schedule, Schedule::step);
    EXPECT_EQ(read.trainFiles.at(0).second.size(), 64U);
    EXPECT_EQ(read.bestEpoch, 2U);
  }
}

TEST_F(RunRecords, SayWhichCommitAModelFromTheHubIs) {
  RunRecord record = endedRecord(sources(), TrainOptions(), {"full", "fp32", {}});
  EXPECT_FALSE(toJson(record)["model"].contains("commit"));
  record.modelCommit = "0123";
  EXPECT_EQ(toJson(record)["model"]["commit"], "0123");
  EXPECT_EQ(runRecordFromJson(toJson(record), "run.json").modelCommit, "0123");
}

// It reads no prompt, and what drops in it is no adapter's.
TEST_F(RunRecords, OfAnEncoderSayItsDropoutAndNoTemplate) {
  const Json json = toJson(endedRecord(sources(), TrainOptions(), {"head", "fp32", {}, 0.1}));
  EXPECT_FALSE(json["settings"].contains("template"));
  EXPECT_EQ(json["settings"]["dropout"], 0.1);
  const test::TemporaryFolder folder;
  folder.write("run.json", json.dump());
  EXPECT_EQ(trainedTemplate(*openModel(folder.path())), std::nullopt);
  EXPECT_EQ(readRunRecord(*openModel(folder.path()))->method.dropout, 0.1);
}

// As the first version wrote it.
constexpr const char* oldRecord = R"({"canvass": "run", "version": 1,
"versions": {"canvass": "0.1.0", "torch": "1.13.1"},
"settings": {"method": "lora", "template": "question-first", "precision": "fp32", "loss": "kl",
 "epochs": 5, "batch_size": 16, "run_length": 4, "learning_rate": 0.0001, "weight_decay": 0.01,
 "beta2": 0.999, "warm_up_share": 0.03, "schedule": "cosine", "epoch_decay": 0.85,
 "gradient_clip": 1.0, "patience": 0, "token_budget": 512, "minimum_shared_prefix": 4, "seed": 1,
 "lora": {"rank": 8, "alpha": 32.0, "dropout": 0.05, "targets": ["q_proj"]}},
"model": {"folder": "m", "sha256": {"config.json": "ab"}},
"data": {"train": {"t.jsonl": "cd"}, "valid": {}},
"result": {"trained_items": 4, "epochs": 5, "best_epoch": 5, "stopped_early": false,
 "interrupted": false}})";

TEST(OldRunRecords, AreRead) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(trainedTemplate(*openModel(folder.path())), std::nullopt);
  folder.write("run.json", oldRecord);
  EXPECT_EQ(trainedTemplate(*openModel(folder.path())), "question-first");
  const RunRecord record = *readRunRecord(*openModel(folder.path()));
  EXPECT_EQ(record.method.adapter->targets, std::vector<std::string>{"q_proj"});
  EXPECT_FALSE(record.options.recompute);
  EXPECT_EQ(record.trainFiles, (FileHashes{{"t.jsonl", "cd"}}));
}

TEST(OldRunRecords, OfOtherProgramsAreNone) {
  const test::TemporaryFolder folder;
  folder.write("run.json", R"({"settings": {"seed": 7}})");
  EXPECT_EQ(trainedTemplate(*openModel(folder.path())), std::nullopt);
  folder.write("run.json", R"({"canvass": "run", "settings": 3})");
  EXPECT_THAT(errorOf([&] { trainedTemplate(*openModel(folder.path())); }),
              HasSubstr("run.json: \"versions\""));
}

}  // namespace
}  // namespace canvass
