#pragma once

#include <string>

namespace canvass {

// A model on the Hugging Face hub: "org/name", with "@" and a branch, tag or commit, and with ":"
// and one GGUF file of it, if these are given.
struct HubName {
  std::string repository;  // "org/name"
  std::string revision = "main";
  std::string file = {};  // "model-Q4_K_M.gguf"; empty for the model in Hugging Face's form

  bool operator==(const HubName&) const = default;
};

// Whether a text that is no existing path can be meant as such a name: two words with one slash
// between them, as no relative path begins that was written as one ("./a/b", "/a/b", "~/a").
bool looksLikeHubName(const std::string& text);

// Throws Error naming what no name on the hub can have.
HubName parseHubName(const std::string& text);

// As a user would give it, the shortest way.
std::string hubNameText(const HubName& name);

// Whether a path from a server stays in the folder that it is put into: relative, with plain names
// between single slashes.
bool isPlainRelativePath(const std::string& path);

}  // namespace canvass
