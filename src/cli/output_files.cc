#include "cli/output_files.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/standard_output.h"

namespace canvass {
namespace {

namespace fs = std::filesystem;

// The options that name what is written, in all verbs.
constexpr std::array<std::string_view, 11> outputOptions{
    "--output",   "--json", "--texts", "--draft-mapping", "--latex",    "--csv",
    "--markdown", "--man",  "--map",   "--curve",         "--checklist"};

struct NamedPath {
  std::string option;
  fs::path path;
};

struct Paths {
  std::vector<NamedPath> outputs;
  std::vector<NamedPath> inputs;  // whatever was given and is there
};

// Without links, as far as it exists.
fs::path resolved(const fs::path& path) {
  std::error_code reason;
  fs::path whole = fs::weakly_canonical(path, reason);
  if (reason) whole = fs::absolute(path, reason).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

bool isSame(const fs::path& one, const fs::path& other) {
  std::error_code reason;
  return fs::equivalent(one, other, reason) || resolved(one) == resolved(other);
}

bool isIn(const fs::path& folder, const fs::path& file) {
  std::error_code reason;
  const fs::path relative = resolved(file).lexically_relative(resolved(folder));
  return fs::exists(file, reason) && !relative.empty() && *relative.begin() != "..";
}

// A terminal, a pipe and the like are not replaced.
bool isReplaced(const fs::path& path) {
  std::error_code reason;
  const fs::file_status status = fs::status(path, reason);
  return !fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status);
}

void refuseStandardOutput(const std::string& option, const std::string& file) {
  if (!isStandardOutput(file)) return;
  throw CLI::ValidationError(
      option, fmt::format("{} is standard output, where messages go; name another file", file));
}

Paths pathsOf(const CLI::App& verb) {
  Paths paths;
  for (const CLI::Option* option : verb.get_options()) {
    const std::string name = option->get_single_name();
    const bool isOutput = namesOutput(*option);
    for (const std::string& value : option->results()) {
      std::error_code reason;
      if (value.empty()) continue;
      if (isOutput) {
        refuseStandardOutput("--" + name, value);
        if (isReplaced(value)) paths.outputs.push_back({"--" + name, value});
      } else if (fs::exists(value, reason)) {
        paths.inputs.push_back({option->get_name(), value});
      }
    }
  }
  return paths;
}

void requireApart(const NamedPath& output, const NamedPath& input) {
  std::error_code reason;
  if (isSame(output.path, input.path)) {
    throw CLI::ValidationError(
        output.option, fmt::format("{} is read, too ({}), and would be overwritten; choose another",
                                   output.path.string(), input.option));
  }
  if (fs::is_directory(input.path, reason) && isIn(input.path, output.path)) {
    throw CLI::ValidationError(
        output.option,
        fmt::format(
            "{} is in the folder {}, which is read, and would be overwritten; choose another",
            output.path.string(), input.path.string()));
  }
}

}  // namespace

bool namesOutput(const CLI::Option& option) {
  const std::string name = "--" + option.get_single_name();
  return std::ranges::find(outputOptions, name) != outputOptions.end();
}

void requireOutputsApart(const CLI::App& verb) {
  const Paths paths = pathsOf(verb);
  for (std::size_t i = 0; i < paths.outputs.size(); ++i) {
    const NamedPath& output = paths.outputs[i];
    for (const NamedPath& input : paths.inputs) requireApart(output, input);
    for (std::size_t j = 0; j < i; ++j) {
      if (!isSame(output.path, paths.outputs[j].path)) continue;
      throw CLI::ValidationError(output.option,
                                 fmt::format("{} is the file of {}, too; choose another",
                                             output.path.string(), paths.outputs[j].option));
    }
  }
  for (const CLI::App* inner : verb.get_subcommands()) requireOutputsApart(*inner);
}

}  // namespace canvass
