#pragma once

#include <span>

#include "base/json.h"
#include "model_files/gguf/architecture_keys.h"
#include "model_files/gguf/gguf_file.h"

namespace canvass::gguf {

struct Reading {
  const GgufFile& file;
  ArchitectureKeys& keys;

  bool hasTensor(const std::string& name) const { return file.tensors().contains(name); }
};

// How config.json is made of the header, for one general.architecture.
struct Family {
  const char* name;
  const char* modelType;  // of config.json
  Json (*read)(Reading&);
};

std::span<const Family> families();

}  // namespace canvass::gguf
