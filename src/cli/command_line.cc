#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <new>
#include <sstream>
#include <string>

#include "base/error.h"
#include "cli/help/help_text.h"
#include "cli/input_streams.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output_files.h"
#include "cli/signals.h"
#include "cli/standard_output.h"
#include "cli/wrong_usage.h"

namespace canvass {
namespace {

int fail(const std::string& reason) {
  tell("canvass: " + reason);
  return 1;
}

int refuse(const std::string& reason) {
  tell("canvass: " + reason);
  return 2;
}

// Help and version, which are errors to CLI11.
int printHelp(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream text;
  const int exitCode = app.exit(error, text, text);
  print(text.str());
  return exitCode;
}

// A refused value is reported before an unknown
// option, since a renamed option is refused that way.
int refuse(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return printHelp(app, error);
  const bool isValue = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ValidationError);
  const auto unknown = isValue ? std::nullopt : unknownOption(app);
  return refuse(unknown ? *unknown : wrongUsage(app, error));
}

// libtorch's messages end in a stack trace, which is of no use to users.
std::string firstLine(const std::string& message) { return message.substr(0, message.find('\n')); }

std::string outOfMemory(const CLI::App& app) {
  for (const CLI::App* verb : app.get_subcommands()) {
    if (verb->get_option_no_throw("--token-budget") == nullptr) continue;
    return "out of memory; lower --token-budget or use a smaller model";
  }
  return "out of memory; take fewer questions or populations at a time, or a machine with more";
}

// The exit code; what was printed may still be in a buffer.
int run(int argc, const char* const* argv, void (*addVerbs)(CLI::App&)) {
  CLI::App app(
      "How would this population answer this survey question, and how far can that "
      "estimate be trusted?",
      "canvass");
  app.set_version_flag("--version", "canvass " CANVASS_VERSION);
  app.require_subcommand(1);
  app.formatter_fn([](const CLI::App* verb, const std::string&, CLI::AppFormatMode) {
    return helpText(helpOf(*verb), terminalStyle());
  });
  app.parse_complete_callback([&app] { requireOutputsApart(app); });
  addVerbs(app);
  acceptStreams(app);
  if (const auto unknown = unknownVerb(app, argc, argv)) return refuse(*unknown);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return refuse(app, error);
  } catch (const Error& error) {
    return fail(error.what());
  } catch (const std::bad_alloc&) {
    return fail(outOfMemory(app));
  } catch (const std::exception& error) {
    return fail("internal error in canvass: " + firstLine(error.what()));
  }
  return 0;
}

}  // namespace

int runCommandLine(int argc, const char* const* argv, void (*addVerbs)(CLI::App&)) {
  keepStandardStreams();
  explainShorterFiles();
  return finishStandardOutput(run(argc, argv, addVerbs));
}

}  // namespace canvass
