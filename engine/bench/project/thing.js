// What engine/test/golden/package's provider does, without its world in a file: that one is written whole at each call, so its
// time grows with the square of the number of things, and hides the engine's.
const outputs = (inputs) => ({ ...inputs, echo: inputs.value });

exports.thing = {
  async diff(_id, olds, news) {
    return { changes: olds.value !== news.value };
  },
  async create(inputs) {
    return { id: `${inputs.name}-1`, outs: outputs(inputs) };
  },
  async read(id, props) {
    return {
      id,
      props,
      inputs: { name: props.name, value: props.value, text: props.text, __provider: props.__provider },
    };
  },
  async update(_id, _olds, news) {
    return { outs: outputs(news) };
  },
  async delete() {},
};
