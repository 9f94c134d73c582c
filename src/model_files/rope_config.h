#pragma once

#include "model_files/config_reader.h"
#include "model_files/layer_config.h"

namespace canvass {

// A kind of rope scaling that no config.json has, but GGUF files do: "divisors" of the frequencies.
constexpr const char* dividedFrequencies = "divided";

// Whether a family knows heads of which only a part is rotated ("partial_rotary_factor").
enum class Rotation { whole, maybePartial };

// The rotary positions of all layers, in either spelling: rope_theta and rope_scaling, or since
// transformers 5 rope_parameters with both. `rotary.size` is the head's, and becomes smaller if
// only a part is rotated. Throws Error naming a key that is missing or not understood.
void readRope(ConfigReader& config, RotaryConfig& rotary, Rotation rotation = Rotation::whole);

// The same from one object with both: an element of rope_parameters for a type of layers.
void readRopeParameters(ConfigReader& config, ConfigReader rope, RotaryConfig& rotary,
                        Rotation rotation = Rotation::whole);

// "rope_scaling", if it is there.
void readRopeScaling(ConfigReader& config, RotaryConfig& rotary);

}  // namespace canvass
