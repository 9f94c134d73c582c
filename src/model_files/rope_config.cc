#include "model_files/rope_config.h"

#include <fmt/format.h>

#include <cmath>

namespace canvass {
namespace {

double numberOr(ConfigReader& rope, const char* key, double otherwise) {
  return rope.has(key) ? rope.positiveNumber(key) : otherwise;
}

RopeScaling readLlama3(ConfigReader& rope) {
  RopeScaling scaling;
  scaling.kind = RopeScalingKind::llama3;
  scaling.factor = rope.positiveNumber("factor");
  scaling.lowFrequencyFactor = rope.positiveNumber("low_freq_factor");
  scaling.highFrequencyFactor = rope.positiveNumber("high_freq_factor");
  scaling.originalMaxPositions = rope.positiveNumber("original_max_position_embeddings");
  if (scaling.highFrequencyFactor <= scaling.lowFrequencyFactor) {
    rope.fail("\"high_freq_factor\" must be above \"low_freq_factor\"");
  }
  return scaling;
}

double yarnAmplitude(double factor, double multiplier) {
  return factor <= 1.0 ? 1.0 : 0.1 * multiplier * std::log(factor) + 1.0;
}

RopeScaling readYarn(ConfigReader& config, ConfigReader& rope) {
  RopeScaling scaling;
  scaling.kind = RopeScalingKind::yarn;
  scaling.factor = rope.positiveNumber("factor");
  scaling.originalMaxPositions = rope.has("original_max_position_embeddings")
                                     ? rope.positiveNumber("original_max_position_embeddings")
                                     : config.positiveNumber("max_position_embeddings");
  scaling.betaFast = numberOr(rope, "beta_fast", 32.0);
  scaling.betaSlow = numberOr(rope, "beta_slow", 1.0);
  if (rope.has("truncate")) scaling.roundsLimits = rope.boolean("truncate");
  if (rope.has("attention_factor")) {
    scaling.amplitude = rope.positiveNumber("attention_factor");
  } else if (rope.has("mscale") && rope.has("mscale_all_dim")) {
    scaling.amplitude = yarnAmplitude(scaling.factor, rope.positiveNumber("mscale")) /
                        yarnAmplitude(scaling.factor, rope.positiveNumber("mscale_all_dim"));
  } else {
    scaling.amplitude = yarnAmplitude(scaling.factor, 1.0);
  }
  return scaling;
}

// One for each rotary pair.
std::vector<double> readDivisors(ConfigReader& rope, const char* key, std::int64_t rotarySize) {
  const auto divisors = rope.positiveNumbers(key);
  if (static_cast<std::int64_t>(divisors.size()) != rotarySize / 2) {
    rope.fail(fmt::format("\"{}\" has {} numbers for {} rotary pairs", key, divisors.size(),
                          rotarySize / 2));
  }
  return divisors;
}

// Texts up to the original length are read with the short factors, and only those are accepted: the
// file's long factors would change all positions of a text when it grows past that length.
RopeScaling readLongRope(ConfigReader& config, ConfigReader& rope, std::int64_t rotarySize) {
  RopeScaling scaling;
  scaling.kind = RopeScalingKind::divided;
  scaling.divisors = readDivisors(rope, "short_factor", rotarySize);
  readDivisors(rope, "long_factor", rotarySize);
  ConfigReader& holder = rope.has("original_max_position_embeddings") ? rope : config;
  scaling.originalMaxPositions = holder.positiveNumber("original_max_position_embeddings");
  const double longest = config.positiveNumber("max_position_embeddings");
  const double factor =
      rope.has("factor") ? rope.positiveNumber("factor") : longest / scaling.originalMaxPositions;
  if (rope.has("attention_factor")) {
    scaling.amplitude = rope.positiveNumber("attention_factor");
  } else if (factor > 1.0) {
    scaling.amplitude = std::sqrt(1.0 + std::log(factor) / std::log(scaling.originalMaxPositions));
  }
  return scaling;
}

RopeScaling readScaling(ConfigReader& config, ConfigReader& rope, std::int64_t rotarySize) {
  // Files before 2024 call the key "type".
  const std::string kind = rope.has("rope_type") ? rope.text("rope_type") : rope.text("type");
  rope.ignore("type");
  if (kind == "default") return {};
  // Stretches texts longer than max_position_embeddings only, which are not read.
  if (kind == "dynamic") {
    rope.positiveNumber("factor");
    return {};
  }
  if (kind == "linear") {
    RopeScaling scaling;
    scaling.kind = RopeScalingKind::linear;
    scaling.factor = rope.positiveNumber("factor");
    return scaling;
  }
  if (kind == "llama3") return readLlama3(rope);
  if (kind == "yarn") return readYarn(config, rope);
  if (kind == "longrope" || kind == "su") return readLongRope(config, rope, rotarySize);
  if (kind == dividedFrequencies) {
    RopeScaling scaling;
    scaling.kind = RopeScalingKind::divided;
    scaling.divisors = readDivisors(rope, "divisors", rotarySize);
    return scaling;
  }
  rope.fail(fmt::format(
      "rope scaling \"{}\" is not implemented (known: default, linear, dynamic, llama3, "
      "yarn, longrope)",
      kind));
}

void readPartialRotation(ConfigReader& reader, RotaryConfig& rotary, Rotation rotation) {
  if (rotation == Rotation::whole) {
    return reader.requireValueIfPresent("partial_rotary_factor", 1.0);
  }
  if (!reader.has("partial_rotary_factor")) return;
  const double factor = reader.positiveNumber("partial_rotary_factor");
  if (factor > 1.0) reader.fail("\"partial_rotary_factor\" must be at most 1");
  rotary.size = static_cast<std::int64_t>(static_cast<double>(rotary.size) * factor);
}

}  // namespace

void readRopeParameters(ConfigReader& config, ConfigReader rope, RotaryConfig& rotary,
                        Rotation rotation) {
  rotary.theta = rope.positiveNumber("rope_theta");
  readPartialRotation(rope, rotary, rotation);
  rotary.scaling = readScaling(config, rope, rotary.size);
  rope.requireAllRead();
}

void readRopeScaling(ConfigReader& config, RotaryConfig& rotary) {
  if (!config.has("rope_scaling")) return;
  ConfigReader rope = config.object("rope_scaling");
  rotary.scaling = readScaling(config, rope, rotary.size);
  rope.requireAllRead();
}

void readRope(ConfigReader& config, RotaryConfig& rotary, Rotation rotation) {
  if (config.has("rope_parameters")) {
    if (config.has("rope_scaling")) {
      config.fail("\"rope_parameters\" and \"rope_scaling\" are both present; keep one of them");
    }
    if (rotation == Rotation::maybePartial) config.ignore("partial_rotary_factor");
    readRopeParameters(config, config.object("rope_parameters"), rotary, rotation);
    config.ignore("rope_theta");
    return;
  }
  rotary.theta = config.positiveNumber("rope_theta");
  readPartialRotation(config, rotary, rotation);
  readRopeScaling(config, rotary);
}

}  // namespace canvass
