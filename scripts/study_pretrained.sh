#!/usr/bin/env bash
# What pretrained models know about the World Values Survey before and after they are specialized, on
# cells, questions and countries that they never saw, and on another survey: docs/results.md.
#   scripts/study_pretrained.sh TRAIN.json VALID.json PEW.json FOLDER MODEL...
# The three files are the simllm ones (docs/importing.md); a MODEL is a GGUF file (scripts/fetch_models.sh
# brings some) or a Hugging Face folder. It can be interrupted: what is done is not done again. From the
# environment:
#   CANVASS  the program (default: canvass)
#   EPOCHS   how long each model learns (default: 1)
#   ENCODER  a folder such as all-MiniLM-L6-v2, which learns the same items
#   STEPS    what to do, in this order (default: all):
#     main     before and after, beside baselines; combined with best-linear on cells
#     pew      the other survey before and after
#     control  another country's name instead of the right one
#     probes   options in other orders and under other labels
#     curves   a tenth and three tenths of the questions, and of the countries, to learn from
#     losses   the losses js, emd and ce instead of kl, and an adapter of q and v only, on those three
#              tenths of the questions
set -euo pipefail
canvass=${CANVASS:-canvass} steps=${STEPS:-main pew control probes curves losses}
train_file=$(realpath "$1") valid_file=$(realpath "$2") pew_file=$(realpath "$3") folder=$4
encoder=${ENCODER:+$(realpath "$ENCODER")}
shift 4
mapfile -t models < <(realpath "$@")
mkdir -p "$folder"
cd "$folder"

# Every seventh question of each topic, and a country of each of five regions: 25 of 170 and 5 of 41.
questions=115,110,179,187,195,49,55,127,155,170,162,135,144,151,60,70,78,87,63,6,15,22,31,39,23
countries="China,Iran,Bolivia,Great Britain,Kazakhstan"
parts=(cells questions countries both)
all_linear=q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj

split_survey() {
  "$canvass" import simllm "$train_file" "$valid_file" --topics wvs7 -o survey.jsonl
  "$canvass" import simllm "$pew_file" --skip-invalid -o pew.jsonl
  "$canvass" split survey.jsonl --hold-out-questions "$questions" --hold-out-populations "$countries" \
    --hold-out-cells 0.08 --seed 1 -o design
  "$canvass" split design/train.jsonl --hold-out-cells 0.06 --seed 2 -o inner
  # What is held out, in four parts: questions and countries may each be new.
  "$canvass" split design/held-out.jsonl --hold-out-questions "$questions" -o by-question
  "$canvass" split by-question/train.jsonl --hold-out-populations "$countries" -o of-known-questions
  "$canvass" split by-question/held-out.jsonl --hold-out-populations "$countries" -o of-new-questions
  mkdir -p parts
  cp of-known-questions/train.jsonl parts/cells.jsonl
  cp of-known-questions/held-out.jsonl parts/countries.jsonl
  cp of-new-questions/train.jsonl parts/questions.jsonl
  cp of-new-questions/held-out.jsonl parts/both.jsonl
  # Parts of what is learned from.
  for share in 0.1 0.3; do
    for what in questions populations; do
      "$canvass" split design/train.jsonl --hold-out-cells 0.06 --seed 2 "--keep-$what" "$share" \
        -o "few-$what-$share"
    done
  done
}

# predict NAME ITEMS OPTION...: into NAME.jsonl, unless it is there.
predict() {
  local name=$1 items=$2
  shift 2
  [[ -f $name.jsonl ]] || "$canvass" predict "$@" --items "$items" -o "$name.jsonl"
}

# learn NAME TRAIN MODEL OPTION...: an adapter in NAME, unless it is there.
learn() {
  local name=$1 train=$2 model=$3 resume=()
  shift 3
  [[ ! -f $name/run.json ]] || return 0
  [[ ! -d $name/checkpoints ]] || resume=(--resume)
  "$canvass" train --model "$model" --survey "$train" --valid inner/held-out.jsonl \
    --template question-first --chat none --batch-size 16 --run-length 4 --learning-rate 5e-4 \
    --schedule cosine --patience 0 --keep-epochs "${resume[@]}" "$@" -o "$name"
}

# evaluate NAME PART PREDICTIONS...
evaluate() {
  local name=$1 part=$2
  shift 2
  "$canvass" evaluate --survey "parts/$part.jsonl" --train design/train.jsonl --n 1200 \
    --predictions "$@" --json "$name.json" | tee "$name.txt"
}

# probe NAME KIND PART OPTION...
probe() {
  local name=$1 kind=$2 part=$3
  shift 3
  [[ -f $name/probe.json ]] ||
    "$canvass" probe "$kind" --items "parts/$part.jsonl" "$@" -o "$name" | tee "$name.txt"
}

step() { [[ " $steps " == *" $1 "* ]]; }

[[ -f parts/both.jsonl ]] || split_survey

if [[ -n $encoder ]] && step main; then
  [[ -f encoder/run.json ]] || "$canvass" train --preset encoder --model "$encoder" \
    --survey inner/train.jsonl --valid inner/held-out.jsonl -o encoder
  for part in "${parts[@]}"; do
    predict "encoder-$part" "parts/$part.jsonl" --model encoder
    evaluate "encoder-$part" "$part" "encoder-$part.jsonl"
  done
fi

for model in "${models[@]}"; do
  name=$(basename "$model" .gguf)
  asked=(--template question-first --chat none --model "$model")
  learned=("${asked[@]}" --adapter "$name-adapter")
  learn "$name-adapter" inner/train.jsonl "$model" --epochs "${EPOCHS:-1}" --targets "$all_linear"
  if step main; then
    for part in "${parts[@]}"; do
      predict "$name-before-$part" "parts/$part.jsonl" "${asked[@]}"
      predict "$name-after-$part" "parts/$part.jsonl" "${learned[@]}"
      evaluate "$name-$part" "$part" "$name-after-$part.jsonl" "$name-before-$part.jsonl"
    done
    predict "$name-valid" inner/held-out.jsonl "${learned[@]}"
    cat "$name-valid.jsonl" <(tail -n +2 "$name-after-cells.jsonl") > "$name-both.jsonl"
    "$canvass" combine fit --survey inner/held-out.jsonl --items parts/cells.jsonl \
      --predictions "$name-both.jsonl" --train inner/train.jsonl --baseline best_linear \
      -o "$name-combined.jsonl"
    evaluate "$name-combined" cells "$name-combined.jsonl" "$name-after-cells.jsonl"
  fi
  if step pew; then
    predict "$name-before-pew" pew.jsonl "${asked[@]}"
    predict "$name-after-pew" pew.jsonl "${learned[@]}"
    "$canvass" evaluate --survey pew.jsonl --predictions "$name-after-pew.jsonl" \
      "$name-before-pew.jsonl" --json "$name-pew.json" | tee "$name-pew.txt"
  fi
  for when in before after; do
    [[ $when == before ]] && how=("${asked[@]}") || how=("${learned[@]}")
    if step control; then
      for part in cells questions countries; do
        probe "$name-$when-control-$part" population "$part" "${how[@]}"
      done
    fi
    if step probes; then
      for kind in order labels; do
        probe "$name-$when-$kind" "$kind" cells "${how[@]}"
      done
    fi
  done
  if step curves; then
    for share in 0.1 0.3; do
      for what in questions populations; do
        few=few-$what-$share
        learn "$name-$few" "$few/train.jsonl" "$model" --epochs 1 --targets "$all_linear"
        for part in questions countries; do
          predict "$name-$few-$part" "parts/$part.jsonl" "${asked[@]}" --adapter "$name-$few"
          evaluate "$name-$few-$part" "$part" "$name-$few-$part.jsonl"
        done
      done
    done
  fi
  if step losses; then
    for variant in js emd ce qv; do
      [[ $variant == qv ]] && how=() || how=(--targets "$all_linear" --loss "$variant")
      learn "$name-$variant" few-questions-0.3/train.jsonl "$model" --epochs 1 "${how[@]}"
      predict "$name-$variant-questions" parts/questions.jsonl "${asked[@]}" --adapter "$name-$variant"
      evaluate "$name-$variant-questions" questions "$name-$variant-questions.jsonl"
    done
  fi
done
