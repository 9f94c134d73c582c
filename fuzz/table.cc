// Tables of respondents and of shares, by a mapping of each shape: the size of the input chooses.
#include <array>
#include <string>

#include "base/error.h"
#include "import/csv/csv.h"
#include "parsers.h"
#include "scratch_file.h"

namespace canvass::fuzz {
namespace {

const std::string question =
    "[missing]\ndont_know = [8]\nnot_asked = [\"\"]\n[attributes.sex]\nvariable = \"sex\"\n"
    "[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\nminimum = 1\n"
    "[[populations]]\nby = [\"sex\"]\nphrase = \"a {sex}\"\nminimum = 1\n"
    "[[questions]]\nvariable = \"q\"\ntext = \"Tea?\"\nscale = \"ordinal\"\n"
    "options = [{ code = 1, text = \"yes\" }, { from = 2, to = 7, text = \"no\" }]\n";

const std::array<std::string, 3> mappings = {
    "[survey]\nlanguage = \"en\"\n[design]\nweight = \"w\"\nstrata = \"s\"\n" + question,
    "[survey]\nlanguage = \"en\"\n[design]\nweight = \"w\"\n[table]\nshape = \"long\"\n" + question,
    "[survey]\nlanguage = \"en\"\n[table]\nshape = \"aggregated\"\nphrase = \"{population}\"\n"
    "[missing]\ndont_know = [\"d\"]\n",
};

}  // namespace

void table(std::string_view bytes) try {
  const ScratchFile file(bytes);
  const ScratchFile mapping(mappings[bytes.size() % mappings.size()]);
  ImportOptions options;
  options.mapping = mapping.path();
  options.skipInvalid = bytes.size() % 2 == 0;
  importCsv({file.path()}, options);
} catch (const Error&) {
}

}  // namespace canvass::fuzz
